import type { Level } from '../rules/rulebook.ts';
import type { LibraryClause } from './library.ts';

/** A larger file is not read, nor fetched to be read. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;

/** What a school's file is read into before anything is made of it: plain lines that know where they stood. */
export type DocumentFormat = 'docx' | 'pdf' | 'html' | 'md' | 'txt';

export interface Line {
  readonly text: string;
  /** Counted from 1 over the non-empty paragraphs (pdf: lines) of the file. */
  readonly paragraph: number;
  /** Only where the format has pages. */
  readonly page?: number;
  /** 1 is the highest heading. Only where the format says so; headings that are mere text are recognised later. */
  readonly heading?: number;
  /** Rows of one table share its number; cells are parted by ` | `. */
  readonly table?: number;
}

export interface ReadDocument {
  readonly format: DocumentFormat;
  readonly lines: readonly Line[];
  /** The title the file itself carries, when it does. */
  readonly title?: string;
  /** What a person should know though the file was read: pages without text, pictures left out. In Chinese. */
  readonly warnings: readonly string[];
}

/** A guess with what it rests on: words of the text itself and how sure they make it. */
export interface Guess<T> {
  readonly value: T;
  /** As the cleaned text has it, so that a person can look. */
  readonly evidence: string;
  /** `stated`: the text says so; `likely`: it stands where such a thing stands; `guessed`: nothing better was found. */
  readonly sure: 'stated' | 'likely' | 'guessed';
}

export interface Metadata {
  readonly title: Guess<string>;
  readonly issuer: Guess<string> | null;
  readonly number: Guess<string> | null;
  readonly level: Guess<Level>;
  readonly issued: Guess<string> | null;
  readonly effectiveFrom: Guess<string> | null;
  readonly effectiveUntil: Guess<string> | null;
  /** Titles of documents it says it puts out of force. */
  readonly repeals: readonly Guess<string>[];
}

/** A clause before the document it belongs to has its id. */
export type PreparedClause = Omit<LibraryClause, 'id' | 'document'> & { readonly key: string };

/** A document read, cleaned, split and looked through: all that is made of a file before it is stored. */
export interface PreparedDocument {
  readonly format: DocumentFormat;
  /** As read, and as cleaned. */
  readonly raw: string;
  readonly text: string;
  readonly metadata: Metadata;
  readonly clauses: readonly PreparedClause[];
  readonly warnings: readonly string[];
}

export type PreparingStage = 'reading' | 'cleaning' | 'splitting';

export interface DocumentReader {
  /**
   * @param name the file's name: its extension must agree with the content.
   * @throws AppError with a code and a sentence that says what to do, for every file it will not read.
   */
  prepare(bytes: Uint8Array, name: string, onStage?: (stage: PreparingStage) => void): Promise<PreparedDocument>;
}
