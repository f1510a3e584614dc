/** Why a passage of the cleaned text differs from the source. */
const MARK_KINDS = [
  'blank',
  'invisible',
  'variant',
  'traditional',
  'punctuation',
  'page-noise',
  'broken-line',
  'boilerplate',
  'repeated-title',
  'title-line',
  'restored',
  'masked',
] as const;
type MarkKind = (typeof MARK_KINDS)[number];

/** Replaces `[start, end)` of the text as it stands. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: MarkKind;
}

/** `[start, end)` of the cleaned text stands for `[rawStart, rawEnd)` of the source. Something left out is an empty span. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly rawStart: number;
  readonly rawEnd: number;
  readonly kind: MarkKind;
}

/**
 * A text under correction that never forgets where each of its characters came from: two numbers a character, so that
 * any number of corrections on corrections still lead back to the source.
 */
export class Draft {
  readonly raw: string;
  #text: string;
  #from: Int32Array;
  #to: Int32Array;
  /** By place in the source: one more than the index of the last kind of correction there. */
  readonly #kinds: Uint8Array;

  constructor(raw: string) {
    this.raw = raw;
    this.#text = raw;
    this.#from = Int32Array.from({ length: raw.length }, (_, i) => i);
    this.#to = Int32Array.from({ length: raw.length }, (_, i) => i + 1);
    this.#kinds = new Uint8Array(raw.length + 1);
  }

  get text(): string {
    return this.#text;
  }

  /** Applies corrections that do not overlap; of two that do, the one that begins first. */
  apply(edits: readonly Edit[]): void {
    const wanted = edits
      .filter((e) => this.#text.slice(e.start, e.end) !== e.text)
      .sort((a, b) => a.start - b.start || a.end - b.end);
    if (wanted.length === 0) return;
    const grown = wanted.reduce((n, e) => n + e.text.length, this.#text.length);
    const [from, to] = [new Int32Array(grown), new Int32Array(grown)];
    const text: string[] = [];
    let [at, out] = [0, 0];
    const keep = (until: number) => {
      text.push(this.#text.slice(at, until));
      from.set(this.#from.subarray(at, until), out);
      to.set(this.#to.subarray(at, until), out);
      out += until - at;
      at = until;
    };
    for (const edit of wanted) {
      if (edit.start < at) continue;
      keep(edit.start);
      const [rawStart, rawEnd] = this.#span(edit.start, edit.end);
      const kind = MARK_KINDS.indexOf(edit.kind) + 1;
      if (rawEnd > rawStart) this.#kinds.fill(kind, rawStart, rawEnd);
      else this.#kinds[rawStart] ||= kind;
      const each = edit.text.length === edit.end - edit.start;
      for (let i = 0; i < edit.text.length; i++, out++) {
        from[out] = each ? this.#from[edit.start + i]! : rawStart;
        to[out] = each ? this.#to[edit.start + i]! : rawEnd;
      }
      text.push(edit.text);
      at = edit.end;
    }
    keep(this.#text.length);
    this.#text = text.join('');
    this.#from = from.subarray(0, out);
    this.#to = to.subarray(0, out);
  }

  /** What `[start, end)` of the text stands for in the source. */
  toRaw(start: number, end: number): { start: number; end: number } {
    const clamp = (n: number) => Math.min(Math.max(0, Math.trunc(n) || 0), this.#text.length);
    const [s, e] = [clamp(start), clamp(end)];
    const [rawStart, rawEnd] = this.#span(s, Math.max(s, e));
    return { start: rawStart, end: rawEnd };
  }

  #span(start: number, end: number): [number, number] {
    if (end <= start) {
      const at = start < this.#from.length ? this.#from[start]! : (this.#to.at(-1) ?? 0);
      return [at, at];
    }
    return [this.#from[start]!, Math.max(this.#from[start]!, this.#to[end - 1]!)];
  }

  /** Every place where text and source differ, in order, neighbours of one kind as one. */
  marks(): Mark[] {
    const out: Mark[] = [];
    const put = (start: number, end: number, rawStart: number, rawEnd: number) => {
      const kind = MARK_KINDS[(this.#kinds[rawStart] || 1) - 1]!;
      const last = out.at(-1);
      if (last && last.kind === kind && last.end === start && last.rawEnd >= rawStart)
        out[out.length - 1] = { ...last, end, rawEnd: Math.max(last.rawEnd, rawEnd) };
      else out.push({ start, end, rawStart, rawEnd, kind });
    };
    let seen = 0;
    for (let i = 0; i < this.#text.length; i++) {
      const [from, to] = [this.#from[i]!, this.#to[i]!];
      if (from > seen) put(i, i, seen, from);
      if (to - from !== 1 || this.raw[from] !== this.#text[i]) put(i, i + 1, from, to);
      seen = Math.max(seen, to);
    }
    if (seen < this.raw.length) put(this.#text.length, this.#text.length, seen, this.raw.length);
    return out;
  }
}
