import type { Sent } from '../../src/ports/platform.ts';
import { NO_ANSWER, type Failure } from './api.ts';

/**
 * What a failed send calls for. developer.work.weixin.qq.com › 全局错误码 (90313).
 * `later`: the same again. `next-minute`: a frequency limit, whose windows are minutes. `never`: tell the operator.
 */
type Verdict = 'later' | 'next-minute' | 'never';

const MINUTE_MS = 60_000;
const SOON_MS = 1000;

/** Busy, internal, concurrency, and a token refused even when fresh. */
const LATER = new Set([-1, 45033, 40014, 42001, 41001, 846607]);
const LIMITED = new Set([45009, 45011, 846609]);

function verdictOn({ code, status }: Failure): Verdict {
  if (LIMITED.has(code)) return 'next-minute';
  if (LATER.has(code)) return 'later';
  if (code !== NO_ANSWER) return 'never';
  return status === 0 || status === 200 || status === 429 || status >= 500 ? 'later' : 'never';
}

/** No such member any more, or out of the app's range: 60011, 60111, 81013, 82001. */
const PERSON_GONE = new Set([60011, 60111, 81013, 82001]);

/** Wrong secret, ids of the corp, the member or the app, and tokens: nothing a plainer message would cure. */
const NOT_ABOUT_CONTENT = new Set([40001, 40003, 40013, 40014, 40056, 41001]);

/** Whether the content was not accepted as it is, so that the same in plain words may be. */
export const isMalformed = ({ code }: Failure): boolean =>
  (code >= 40_000 && code < 42_000 && !NOT_ABOUT_CONTENT.has(code)) || code === 45002;

const HINTS: ReadonlyMap<number, string> = new Map([
  [NO_ANSWER, '没有得到企业微信的回应'],
  [40001, 'Secret 不对，请核对应用的 Secret'],
  [40013, '企业 ID 不对'],
  [40014, 'access_token 无效'],
  [42001, 'access_token 已过期'],
  [40056, 'AgentId 不对'],
  [40058, '参数不合要求'],
  [45002, '内容太长'],
  [45009, '调用太频繁，已到平台上限'],
  [45033, '并发太多'],
  [48002, '应用没有调用这个接口的权限'],
  [50003, '应用已停用'],
  [60011, '没有给这位成员发消息的权限，请把成员加入应用的可见范围'],
  [60020, '服务器 IP 不在「企业可信IP」里，请在应用详情页添加'],
  [60111, '没有这位成员'],
  [81013, '收件人都不在应用的可见范围'],
  [82001, '收件人都无效'],
  [86001, '没有这个群聊'],
  [86003, '这个群聊不能使用'],
  [86216, '群聊的成员不合要求'],
  [86217, '群聊的成员不合要求'],
  [86220, '群聊的成员不合要求'],
  [93000, '群机器人的地址已失效，请在群里重新取得 Webhook 地址'],
  [301002, '这个应用不属于本企业的这个 Secret'],
]);

/** For the operator: the code, what it means, and the platform's own words. Holds neither token nor message. */
export function toldPlainly({ code, status, message }: Failure): string {
  const shown = code === NO_ANSWER ? '企业微信' : `企业微信 ${code}`;
  return [shown, status === 0 || status === 200 ? '' : `HTTP ${status}`, HINTS.get(code) ?? '', message]
    .filter((part) => part !== '')
    .join('；');
}

export function toUnsent(failure: Failure, now: number): Sent {
  const why = toldPlainly(failure);
  const verdict = verdictOn(failure);
  if (verdict === 'never') return { kind: 'undeliverable', why, ...(PERSON_GONE.has(failure.code) && { gone: true }) };
  return { kind: 'try-later', after: verdict === 'later' ? now + SOON_MS : nextMinute(now), why };
}

/** Two seconds into the next minute: windows are whole minutes, and everybody knocks at the stroke of one. */
const nextMinute = (now: number) => (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS + 2 * SOON_MS;
