import * as z from 'zod/mini';
import type { Finding } from '../../src/ports/platform.ts';

/** A platform's settings from the environment, read once at start. */

/** Names the variable to set, so that the operator need not guess. */
class SettingsError extends Error {
  readonly code: 'setting-missing' | 'setting-invalid';
  readonly variable: string;

  constructor(code: SettingsError['code'], variable: string, message: string) {
    super(message);
    this.name = 'SettingsError';
    this.code = code;
    this.variable = variable;
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/** The variables of a shape, trimmed; a fault is told with where to find the value. */
export function readSettings<T>(
  shape: { safeParse(data: unknown): z.core.util.SafeParseResult<T> },
  where: Readonly<Record<string, string>>,
  env: Env,
): T {
  const filled = Object.fromEntries(Object.keys(where).map((name) => [name, env[name]?.trim() || undefined]));
  const read = shape.safeParse(filled);
  if (read.success) return read.data;
  const variable = String(read.error.issues[0]?.path[0]);
  throw filled[variable] === undefined ? missing(variable, where) : invalid(variable, where);
}

type Where = Readonly<Record<string, string>>;

export const missing = (name: string, where: Where) =>
  new SettingsError('setting-missing', name, `缺少环境变量 ${name}：请填写${where[name]}。`);

export const invalid = (name: string, where: Where) =>
  new SettingsError('setting-invalid', name, `环境变量 ${name} 的值不对：应为${where[name]}。`);

export const isSet = (env: Env, name: string): boolean => (env[name]?.trim() ?? '') !== '';

export const secret = () => z.string().check(z.regex(/^\S{1,256}$/));
export const url = (protocol: RegExp) => z.url({ protocol });
export const baseUrl = (standard: string, protocol: RegExp) => z._default(url(protocol), standard);
export const windowSeconds = () => z._default(z.coerce.number().check(z.int(), z.gte(60), z.lte(604_800)), 28_800);

export const WHERE_WINDOW = '60 到 604800 之间的整数（秒），默认 28800';

/** The settings, or what is wrong with them, for a doctor. */
export function settingsFinding<T>(read: () => T): T | Finding {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { level: 'bad', found: error.message, todo: `设好环境变量 ${error.variable} 后再试` };
  }
}
