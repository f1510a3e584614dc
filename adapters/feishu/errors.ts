import { NO_ANSWER, NOT_SENT, type Failure } from './http.ts';

/**
 * What a failed send calls for. open.feishu.cn › 发送消息 › 错误码, 通用错误码.
 * `later`: the same again, same key. `plain-send`: the message to reply to is gone, say it in the chat instead.
 * `as-text`: the card was not accepted, say it in words. `never`: tell the operator.
 */
type Verdict = 'later' | 'plain-send' | 'as-text' | 'never';

/** Frequency limits, "busy", internal errors, a send with the same key in flight, and a token refused twice. */
const LATER = new Set([
  NO_ANSWER,
  99991400,
  230020,
  11232,
  1000004,
  1000005,
  2200,
  230049,
  99991661,
  99991663,
  99991664,
  99991665,
  99991671,
  99991677,
]);
/** Topic gone, message recalled, not found, deleted. */
const TARGET_GONE = new Set([230019, 230011, 231003, 230110]);
/** Card rejected (the inner ErrCode only says why), too long, or a chat that takes no cards. */
const CARD_REFUSED = new Set([230099, 230025, 230054, 230075, 11310]);

/** Out of the app's range or resigned, left, has switched the bot's messages off (230013, 230029, 230053). */
const PERSON_GONE = new Set([230013, 230029, 230053]);
export const isPersonGone = ({ code }: Failure): boolean => PERSON_GONE.has(code);

export function verdictOn({ code, status }: Failure): Verdict {
  if (TARGET_GONE.has(code)) return 'plain-send';
  if (CARD_REFUSED.has(code) || (code >= 200_000 && code < 201_000)) return 'as-text';
  if (LATER.has(code) && (code !== NO_ANSWER || isPassing(status))) return 'later';
  return status === 429 || status >= 500 ? 'later' : 'never';
}

/** Without a code from the platform: no answer at all, or a page of some proxy's in its stead. */
const isPassing = (status: number) => status === 0 || status === 200 || status === 429 || status >= 500;

const HINTS: ReadonlyMap<number, string> = new Map([
  [NO_ANSWER, '没有得到飞书的回应'],
  [NOT_SENT, '编号不合格式，未发送'],
  [10003, 'App ID 或 App Secret 不对'],
  [10014, 'App ID 或 App Secret 不对'],
  [99991543, 'App ID 或 App Secret 不对'],
  [99991662, '应用已停用'],
  [99991673, '应用未安装或未发布版本'],
  [99991672, '应用缺少权限，请在开放平台申请并发布版本'],
  [99991679, '应用缺少权限，请在开放平台申请并发布版本'],
  [230027, '应用缺少权限，请在开放平台申请并发布版本'],
  [99991401, '服务器 IP 不在应用的白名单内'],
  [99991403, '本月 API 调用额度已用完'],
  [230002, '机器人已不在群里'],
  [230006, '应用未开启机器人能力'],
  [230013, '对方不在应用的可用范围内'],
  [230018, '群设置不允许机器人发言'],
  [230035, '机器人在群里被禁言'],
  [230022, '内容含敏感词，平台拒发'],
  [230028, '内容未过数据防泄漏审核'],
  [230029, '对方已离职'],
  [230053, '对方已停用机器人消息'],
  [232009, '群已解散'],
]);

/** For the operator: the code, what it means, and the platform's own words. Holds neither token nor message. */
export function toldPlainly({ code, status, message }: Failure): string {
  const hint = HINTS.get(code);
  return [`飞书 ${code}`, status === 0 ? '' : `HTTP ${status}`, hint ?? '', message]
    .filter((part) => part !== '')
    .join('；');
}
