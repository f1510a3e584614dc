import type { OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod/mini';

/** An OpenAI-compatible endpoint for embeddings, loaded only when configured; without it the search is lexical alone. */
const schema = z.object({
  EMBEDDINGS_BASE_URL: z.url(),
  EMBEDDINGS_MODEL: z.string(),
  EMBEDDINGS_API_KEY: z.optional(z.string()),
  LLM_API_KEY: z.optional(z.string()),
  EMBEDDINGS_TIMEOUT_MS: z._default(z.coerce.number(), 3000),
});
type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;
export type Ranked = readonly { readonly id: string; readonly score: number }[];

/** Finds passages by meaning. */
export interface Semantic {
  /** Gets the passages' vectors; true when they are there. A question starts it too, but does not wait for it. */
  prepare(): Promise<boolean>;
  /** `null` when there is no answer to be had now: then the words alone must do. */
  nearest(question: string, k: number, filter?: (id: string) => boolean): Promise<Ranked | null>;
}

const BATCH = 64;
/** After a failure the endpoint is left alone for so long. */
const REST_MS = 60_000;

/** Vectors of all passages in one typed array, each of length 1, so that a product of two is their cosine. */
class Vectors {
  readonly #ids: readonly string[];
  readonly #width: number;
  readonly #all: Float32Array;

  constructor(ids: readonly string[], rows: readonly (readonly number[])[]) {
    this.#ids = ids;
    this.#width = rows[0]?.length ?? 0;
    this.#all = new Float32Array(ids.length * this.#width);
    if (rows.length !== ids.length || rows.some((row) => row.length !== this.#width))
      throw new Error('the endpoint gave vectors of another number or width');
    rows.forEach((row, i) => this.#all.set(ofLengthOne(row), i * this.#width));
  }

  nearest(question: readonly number[], k: number, filter?: (id: string) => boolean): Ranked {
    const wanted = ofLengthOne(question);
    if (wanted.length !== this.#width) throw new Error('the question has a vector of another width');
    const scored = this.#ids.map((id, i) => {
      let score = 0;
      for (let j = 0, at = i * this.#width; j < this.#width; j++, at++) score += wanted[j]! * this.#all[at]!;
      return { id, score };
    });
    return scored
      .filter(({ id }) => !filter || filter(id))
      .sort((a, b) => b.score - a.score)
      .slice(0, k);
  }
}

function ofLengthOne(row: readonly number[]): Float32Array {
  const length = Math.hypot(...row) || 1;
  return Float32Array.from(row, (x) => x / length);
}

async function vectorsOf(
  model: OpenAIEmbeddings,
  passages: readonly { readonly id: string; readonly text: string }[],
): Promise<Vectors> {
  const rows: number[][] = [];
  for (let from = 0; from < passages.length; from += BATCH)
    rows.push(...(await model.embedDocuments(passages.slice(from, from + BATCH).map((p) => p.text))));
  return new Vectors(
    passages.map((p) => p.id),
    rows,
  );
}

/** The configured embeddings over these passages, or nothing when `EMBEDDINGS_BASE_URL` and `EMBEDDINGS_MODEL` are not set. */
export function embeddingsFrom(
  env: Readonly<Record<string, string | undefined>>,
  passages: readonly { readonly id: string; readonly text: string }[],
  { log, now }: { readonly log: Log; readonly now: () => number },
): Semantic | undefined {
  if (!env['EMBEDDINGS_BASE_URL'] || !env['EMBEDDINGS_MODEL']) return undefined;
  const read = schema.safeParse(env);
  if (!read.success) throw new Error(`环境变量 ${String(read.error.issues[0]?.path[0])} 的值不对；见 README 的配置表`);
  const { EMBEDDINGS_BASE_URL: baseURL, EMBEDDINGS_MODEL: model, EMBEDDINGS_TIMEOUT_MS: timeout } = read.data;
  const apiKey = read.data.EMBEDDINGS_API_KEY ?? read.data.LLM_API_KEY ?? 'none';
  // `float` because not every compatible endpoint knows the base64 that the client would ask for.
  const client = () =>
    import('@langchain/openai').then(
      (m) =>
        new m.OpenAIEmbeddings({
          model,
          apiKey,
          timeout,
          maxRetries: 0,
          encodingFormat: 'float',
          configuration: { baseURL },
        }),
    );
  let held: { embeddings: OpenAIEmbeddings; vectors: Vectors } | undefined;
  let filling: Promise<boolean> | undefined;
  let restUntil = 0;
  const failed = (error: unknown) => {
    restUntil = now() + REST_MS;
    log('embeddings-failed', { error: error instanceof Error ? error.name : 'unknown' });
  };
  const fill = async (): Promise<boolean> => {
    try {
      const embeddings = await client();
      held = { embeddings, vectors: await vectorsOf(embeddings, passages) };
    } catch (error) {
      failed(error);
    }
    filling = undefined;
    return held !== undefined;
  };
  const prepare = () => (held ? Promise.resolve(true) : (filling ??= fill()));
  return {
    prepare,
    async nearest(question, k, filter) {
      if (now() < restUntil) return null;
      if (!held) {
        void prepare();
        return null;
      }
      try {
        return held.vectors.nearest(await held.embeddings.embedQuery(question), k, filter);
      } catch (error) {
        failed(error);
        return null;
      }
    },
  };
}
