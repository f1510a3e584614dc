import { unzipSync } from 'fflate';
import mammoth from 'mammoth';

/** The parts of a .docx or the files of a .zip, as text. */
export const partsOf = (bytes: Uint8Array): ReadonlyMap<string, string> =>
  new Map(Object.entries(unzipSync(bytes)).map(([name, body]) => [name, new TextDecoder().decode(body)]));

/** What a person reads in a .docx, by a reader that knows nothing of ours. */
export const textOf = async (bytes: Uint8Array): Promise<string> =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
