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

export interface DocumentReader {
  /**
   * @param name the file's name: its extension must agree with the content.
   * @throws AppError with a code and a sentence that says what to do, for every file it will not read.
   */
  read(bytes: Uint8Array, name: string): Promise<ReadDocument>;
}
