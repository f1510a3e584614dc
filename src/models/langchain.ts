import { z } from 'zod/mini';
import type { LanguageModel, PromptName } from '../ports/language-model.ts';

/** An OpenAI-compatible endpoint through LangChain, loaded only when configured: its import costs most of a second. */
const schema = z.object({
  LLM_BASE_URL: z.url(),
  LLM_API_KEY: z._default(z.string(), 'none'),
  LLM_MODEL: z.string(),
  LLM_TIMEOUT_MS: z._default(z.coerce.number(), 8000),
});

type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Takes the JSON object out of what a model wrote around it. */
export function jsonIn(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return null;
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch {
    return null;
  }
}

/** `{name}` in a prompt is replaced by the input; what is put in is not searched again. */
export const filledIn = (prompt: string, input: Readonly<Record<string, string>>): string =>
  prompt.replace(/\{(\w+)\}/g, (all, name: string) => input[name] ?? all);

/** The configured model, or nothing when `LLM_BASE_URL` and `LLM_MODEL` are not set. */
export function modelFrom(
  env: Readonly<Record<string, string | undefined>>,
  prompts: Readonly<Record<PromptName, string>>,
  log: Log,
): LanguageModel | undefined {
  if (!env['LLM_BASE_URL'] || !env['LLM_MODEL']) return undefined;
  const read = schema.safeParse(env);
  if (!read.success) throw new Error(`环境变量 ${String(read.error.issues[0]?.path[0])} 的值不对；见 README 的配置表`);
  const { LLM_BASE_URL, LLM_API_KEY, LLM_MODEL, LLM_TIMEOUT_MS } = read.data;
  const chat = import('@langchain/openai').then(
    ({ ChatOpenAI }) =>
      new ChatOpenAI({
        model: LLM_MODEL,
        apiKey: LLM_API_KEY,
        temperature: 0,
        maxRetries: 0,
        timeout: LLM_TIMEOUT_MS,
        configuration: { baseURL: LLM_BASE_URL },
      }),
  );
  chat.catch((error: unknown) => log('model-unavailable', { error: String(error) }));
  return {
    async fill(prompt, input) {
      try {
        const reply = await (
          await chat
        ).invoke(filledIn(prompts[prompt], input), { signal: AbortSignal.timeout(LLM_TIMEOUT_MS) });
        return jsonIn(typeof reply.content === 'string' ? reply.content : JSON.stringify(reply.content));
      } catch (error) {
        log('model-failed', { prompt, error: error instanceof Error ? error.name : 'unknown' });
        return null;
      }
    },
  };
}
