import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WechatySettings } from './settings.ts';
import type { Bot } from './shapes.ts';

/** Wechaty's packages lie beside this file, in an install of their own; nothing else of the project loads them. */
const imported = (name: string): Promise<unknown> => import(name);

export const INSTALL = '先运行 npm run wechaty:install';

/** A package of that install, or the sentence that says how to get it. */
export async function installed<T>(name: string, how: string): Promise<T> {
  try {
    return (await imported(name)) as T;
  } catch (error) {
    const missing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(String((error as { code?: unknown }).code));
    if (!missing || !String(error).includes(name)) throw error;
    throw new Error(`没有安装 ${name}：${how}。`, { cause: error });
  }
}

export const howToInstall = (puppet: string): string =>
  /^wechaty-puppet-(?:service|mock)$/.test(puppet)
    ? INSTALL
    : `${INSTALL}，再运行 npm install --prefix adapters/wechaty --no-save ${puppet}`;

interface Wechaty {
  readonly WechatyBuilder: {
    build(options: { readonly puppet: unknown; readonly name?: string }): Bot;
  };
}

/** @param session the file in which the puppet keeps the login: as good as the account's password. */
export async function wechatyBot({ puppet }: WechatySettings, session: string): Promise<Bot> {
  const { WechatyBuilder } = await installed<Wechaty>('wechaty', INSTALL);
  await installed(puppet, howToInstall(puppet));
  keepPrivate(session);
  return WechatyBuilder.build({ puppet, name: session });
}

function keepPrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) chmodSync(file, 0o600);
  else writeFileSync(file, '{}', { mode: 0o600 });
}
