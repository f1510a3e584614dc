/** Prose that nobody numbered, cut into passages a person can read at a glance: 150 to 400 characters, whole sentences. */
export const MIN = 150;
export const MAX = 400;

export interface Span {
  readonly start: number;
  readonly end: number;
}

const SENTENCE = /[^。！？；\n]*(?:[。！？；]+[”’』」）》]*|\n|$)/g;
/** What opens a new thought within a paragraph. */
const TURN =
  /^(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|首先|其次|再次|最后，|此外|另外，|同时，|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[.、])/;

function sentences(text: string, { start, end }: Span): Span[] {
  const out: Span[] = [];
  for (const m of text.slice(start, end).matchAll(SENTENCE)) {
    if (m[0] === '') continue;
    const from = start + m.index;
    // A sentence without an end for too long is cut at a comma, at last anywhere.
    for (let at = from; at < from + m[0].length;) {
      const left = from + m[0].length - at;
      const comma = left > MAX ? text.lastIndexOf('，', at + MAX - 1) : -1;
      const to = left <= MAX ? at + left : comma > at + MAX / 2 ? comma + 1 : at + MAX;
      out.push({ start: at, end: to });
      at = to;
    }
  }
  return out;
}

const trimmed = (text: string, span: Span): Span => {
  const inner = text.slice(span.start, span.end);
  const lead = inner.length - inner.trimStart().length;
  return {
    start: span.start + lead,
    end: Math.max(span.start + lead, span.end - (inner.length - inner.trimEnd().length)),
  };
};

export function passagesOf(text: string, span: Span): Span[] {
  const all = sentences(text, span);
  const out: { start: number; end: number }[] = [];
  for (const s of all) {
    const last = out.at(-1);
    const size = last ? last.end - last.start : 0;
    const turns = TURN.test(text.slice(s.start, s.start + 8)) || text[s.start - 1] === '\n';
    if (!last || size + (s.end - s.start) > MAX || (size >= MIN && turns)) out.push({ ...s });
    else last.end = s.end;
  }
  evenOut(out, all);
  return out.map((p) => trimmed(text, p)).filter((p) => /[\p{L}\p{N}]/u.test(text.slice(p.start, p.end)));
}

/** A short rest goes with the passage before it, or takes over some of its sentences when both together are too long. */
function evenOut(out: { start: number; end: number }[], all: readonly Span[]): void {
  const [before, rest] = out.slice(-2);
  if (!before || !rest || rest.end - rest.start >= MIN) return;
  if (rest.end - before.start <= MAX) {
    out.pop();
    before.end = rest.end;
    return;
  }
  const middle = (before.start + rest.end) / 2;
  const cuts = all
    .map((s) => s.start)
    .filter((at) => at - before.start >= MIN && rest.end - at <= MAX && at <= rest.start);
  const cut = cuts.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  if (cut !== undefined) before.end = rest.start = cut;
}
