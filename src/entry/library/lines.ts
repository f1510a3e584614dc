const [NEWLINE, QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA] = Array.from('\n"\\{}[],', (c) =>
  c.charCodeAt(0),
);

/** A line of JSON, with the objects of its `docs` taken out of it and left unread. */
export interface Line {
  /** The line without them: `{"op":"index","docs":[]}`. */
  readonly rest: string;
  readonly docs: readonly Uint8Array[];
}

/**
 * Takes a stream of bytes apart into lines. A line may hold a whole library, tens of megabytes: its documents stay the
 * bytes they came in, and are read one at a time by whoever wants them, so that the line never exists as a string and
 * as objects at once.
 */
class LineReader {
  #rest: Uint8Array[] = [];
  #docs: Uint8Array[] = [];
  /** Pieces of a document that began in an earlier chunk. */
  #pieces: Uint8Array[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inDocs = false;

  /** The lines that end in this chunk. */
  *read(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      const c = chunk[i]!;
      if (c === NEWLINE) {
        this.#keep(chunk.subarray(from, i));
        yield this.#finish();
        from = i + 1;
      } else if (this.#inString) this.#passString(c);
      else if (c === QUOTE) this.#inString = true;
      else if (c === OPEN) {
        if (this.#inDocs && this.#depth === 2) {
          this.#keep(chunk.subarray(from, i));
          from = i;
        }
        this.#depth++;
      } else if (c === OPEN_LIST) {
        this.#depth++;
        if (this.#depth === 2) this.#inDocs = this.#isDocs(chunk.subarray(from, i));
      } else if (c === CLOSE) {
        this.#depth--;
        if (!this.#inDocs || this.#depth !== 2) continue;
        this.#docs.push(joined([...this.#pieces, chunk.subarray(from, i + 1)]));
        this.#pieces = [];
        from = i + 1;
      } else if (c === CLOSE_LIST) {
        this.#depth--;
        if (this.#depth === 1) this.#inDocs = false;
      } else if (c === COMMA && this.#inDocs && this.#depth === 2 && this.#docs.length > 0) {
        this.#keep(chunk.subarray(from, i));
        from = i + 1;
      }
    }
    this.#keep(chunk.subarray(from));
  }

  /** What stood after the last newline. */
  *end(): Generator<Line> {
    if (this.#rest.length > 0 || this.#pieces.length > 0) yield this.#finish();
  }

  #passString(c: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (c === BACKSLASH) this.#escaped = true;
    else if (c === QUOTE) this.#inString = false;
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length > 0) (this.#inDocs && this.#depth > 2 ? this.#pieces : this.#rest).push(bytes);
  }

  #isDocs(before: Uint8Array): boolean {
    const tail = joined([...this.#rest.slice(-64), before.subarray(-64)]);
    return /"docs"\s*:\s*$/.test(new TextDecoder().decode(tail));
  }

  #finish(): Line {
    const line = { rest: new TextDecoder().decode(joined([...this.#rest, ...this.#pieces])), docs: this.#docs };
    this.#rest = [];
    this.#docs = [];
    this.#pieces = [];
    this.#depth = 0;
    this.#inString = this.#escaped = this.#inDocs = false;
    return line;
  }
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array =>
  pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);

export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const reader = new LineReader();
  for await (const chunk of chunks) yield* reader.read(chunk);
  yield* reader.end();
}
