import { z } from 'zod/mini';
import { type Passage, SearchIndex } from '../../library/search/search-index.ts';
import { ROOT } from '../knowledge/compiled.ts';
import { loadLexicon } from '../knowledge/lexicon.ts';
import { type Line, linesOf } from './lines.ts';

/**
 * `npm run -s library -- serve-jsonl`: the search for other programs. A line in, a line out:
 * `{"op":"index","docs":[{"id","title","text"}]}` → `{"ok":true}`, also several times; `{"op":"search","q","k"}` →
 * `{"ids":[…]}`; what cannot be done → `{"ok":false,"error":{"code","message"}}`. Nothing else is written to stdout.
 */
const indexSchema = z.object({ op: z.literal('index'), docs: z.array(z.unknown()).check(z.maxLength(0)) });
const searchSchema = z.object({
  op: z.literal('search'),
  q: z.string(),
  k: z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 10),
});

const refused = (code: string, message: string) => ({ ok: false, error: { code, message } });

const decoder = new TextDecoder();

/** A document of an `index` line, or nothing when it is none. By hand, because a library holds tens of thousands. */
function readDoc(bytes: Uint8Array): Passage | undefined {
  const { id, title, text } = JSON.parse(decoder.decode(bytes)) as Record<string, unknown>;
  if (typeof id !== 'number' && (typeof id !== 'string' || id === '')) return undefined;
  if (typeof (title ?? '') !== 'string' || typeof (text ?? '') !== 'string') return undefined;
  return { id: String(id), text: (text ?? '') as string, ...(title ? { title: title as string } : {}) };
}

/** Read one by one as the index takes them in. */
function* passagesOf(docs: readonly Uint8Array[]): Generator<Passage> {
  for (const bytes of docs) yield readDoc(bytes)!;
}

/** All of the documents are taken in, or none when one of them cannot be read. */
function index(into: SearchIndex, rest: unknown, docs: readonly Uint8Array[]): unknown {
  if (!indexSchema.safeParse(rest).success) return refused('bad-request', 'docs must be a list of {id, title, text}');
  const wrong = docs.findIndex((doc) => readDoc(doc) === undefined);
  if (wrong >= 0)
    return refused('bad-request', `docs[${wrong}] must have an id and a text; its title is a string when given`);
  into.add(passagesOf(docs));
  return { ok: true };
}

function search(within: SearchIndex, line: unknown): unknown {
  const read = searchSchema.safeParse(line);
  if (!read.success) return refused('bad-request', 'q must be a string and k a whole number from 1 to 10000');
  return { ids: within.search(read.data.q, read.data.k).map((hit) => hit.id) };
}

/** What one line is answered with. It never throws: the next line must be answered too. */
function answer(held: SearchIndex, { rest, docs }: Line): unknown {
  try {
    const asked = JSON.parse(rest) as { op?: unknown } | null;
    if (asked?.op === 'index') return index(held, asked, docs);
    if (asked?.op === 'search') return search(held, asked);
    return refused('bad-request', 'op must be "index" or "search"');
  } catch (error) {
    if (error instanceof SyntaxError) return refused('bad-json', 'the line is not JSON');
    return refused('internal', error instanceof Error ? error.message : String(error));
  }
}

export async function run(): Promise<number> {
  const held = new SearchIndex(loadLexicon(ROOT));
  for await (const line of linesOf(process.stdin as AsyncIterable<Uint8Array>)) {
    if (line.rest.trim() === '') continue;
    const written = `${JSON.stringify(answer(held, line))}\n`;
    if (!process.stdout.write(written)) await new Promise((done) => process.stdout.once('drain', done));
  }
  return 0;
}
