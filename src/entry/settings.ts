import { z } from 'zod/mini';

/** The service's own settings from the environment; platforms read theirs in their folders. */
const schema = z.object({
  HOST: z._default(z.string(), '127.0.0.1'),
  PORT: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(65_535)), 8787),
  YISHI_DATA: z._default(z.string(), './data'),
  /** The school answered for; `demo` is the sample school with its demo chat. */
  YISHI_SCHOOL: z._default(z.string(), 'demo'),
  YISHI_RATE_PER_S: z._default(z.coerce.number(), 200),
});
export type Settings = z.infer<typeof schema> & { readonly demo: boolean };

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Throws with the variable's name and what to write instead. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0]);
    throw new Error(`环境变量 ${name} 的值不对：${given[name]}；见 README 的配置表`);
  }
  const settings = { ...result.data, demo: result.data.YISHI_SCHOOL === 'demo' };
  if (settings.demo && !LOOPBACK.has(settings.HOST))
    throw new Error(
      `演示模式只在本机开放，HOST 不能是 ${settings.HOST}。正式使用请先建 knowledge/schools/<学校>/profile.yaml 并设 YISHI_SCHOOL。`,
    );
  return settings;
}
