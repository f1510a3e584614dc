import { Buffer } from 'node:buffer';
import * as z from 'zod/mini';
import type { SentFile } from '../../src/domain/message.ts';
import type { Downloaded } from '../../src/ports/platform.ts';
import type { Fetch } from '../wecom-shared/api.ts';
import { aesKeyOf, decryptFile } from '../wecom-shared/crypto.ts';
import { toldPlainly } from '../wecom-shared/errors.ts';
import { downloadedIn, fetchFile } from '../wecom-shared/files.ts';
import type { CallbackSettings, SocketSettings } from './settings.ts';
import { parseJson } from './shapes.ts';

/**
 * Files sent to the AI bot. developer.work.weixin.qq.com › 智能机器人 › 接收消息 (100719): an address that lives five
 * minutes, its content AES-256-CBC like a callback; by callback under the bot's own key, over the long connection under
 * a key of the file's. The name comes with the download.
 */
const keyShape = z.object({ url: z.url(), aeskey: z.nullish(z.string()) });
/** The padding, and a little more. */
const ROOM = 64;

/** @param file the `file` of a message's body. */
export const fileOf = (file: { readonly url: string; readonly aeskey?: string | null | undefined }): SentFile => ({
  name: '',
  key: JSON.stringify({ url: file.url, aeskey: file.aeskey ?? undefined }),
});

export function downloadWith(settings: CallbackSettings | SocketSettings, fetch?: Fetch) {
  return async ({ key }: SentFile, most: number): Promise<Downloaded> => {
    const read = z.safeParse(keyShape, parseJson(key)).data;
    const aesKey = read?.aeskey ?? (settings.mode === 'callback' ? settings.aesKey : undefined);
    if (!read || aesKey === undefined || !/^[A-Za-z0-9+/]{43}=?$/.test(aesKey)) return notFetched('no address or key');
    if (!isTencents(read.url, settings.hosts)) return notFetched('the address is not Tencent’s');
    const answer = await fetchFile(read.url, most + ROOM, fetch);
    if (!answer.ok) return notFetched(toldPlainly(answer));
    const got = downloadedIn(answer);
    if (got.kind !== 'file') return got;
    const bytes = decryptFile(aesKeyOf(aesKey.slice(0, 43)), Buffer.from(got.bytes));
    return bytes ? { ...got, bytes } : notFetched('the content does not fit the key');
  };
}

const notFetched = (why: string): Downloaded => ({ kind: 'not-fetched', why });

/** The address comes in a verified message, and yet nothing is fetched but from Tencent, or the host that stands in. */
function isTencents(url: string, hosts: readonly string[]): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    (protocol === 'https:' && /\.(?:myqcloud\.com|qq\.com|tencentcos\.cn)$/.test(hostname)) ||
    (/^https?:$/.test(protocol) && hosts.includes(hostname))
  );
}
