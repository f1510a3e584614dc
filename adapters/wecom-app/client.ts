import type { HandedFile } from '../../src/ports/platform.ts';
import { callWecom, type Answer, type Fetch } from '../wecom-shared/api.ts';
import { fetchFile, formOf } from '../wecom-shared/files.ts';
import type { TemplateCard } from '../wecom-shared/template-card.ts';
import type { WecomAppSettings } from './settings.ts';
import { accessTokens } from './token.ts';

/** One message, in WeCom's form: `msgtype` names the field that holds it. */
export type Body = Readonly<Record<string, unknown>>;

/** The few endpoints we use; there is no official SDK for an app. */
export interface WecomAppClient {
  /** 发送应用消息 (90236), to one member. Equal requests within `repeatS` seconds are delivered once. */
  send(member: string, body: Body, repeatS: number): Promise<Answer>;
  /** 应用推送消息 to a group that the app made (90248). */
  sendToGroup(chat: string, body: Body): Promise<Answer>;
  /** 更新模版卡片消息 (94888): the whole card, or its buttons by one word. The code works once. */
  updateCard(
    member: string,
    code: string,
    to: { readonly card: TemplateCard } | { readonly word: string },
  ): Promise<Answer>;
  /** 获取临时素材 (90254): what a member sent, within three days. */
  media(id: string, most: number): Promise<Answer>;
  /** 撤回应用消息 (94867): within a day. */
  recall(messageId: string): Promise<Answer>;
  /** 上传临时素材 (90253): a file to send, `media_id` for three days. */
  upload(file: HandedFile): Promise<Answer>;
  /** 获取指定的应用详情 (90227): for the doctor, and who is in range. */
  agent(): Promise<Answer>;
  /** 获取部门成员 (90200): ids and names, its sub-departments included. */
  department(id: number): Promise<Answer>;
  /** 读取成员 (90196). */
  user(id: string): Promise<Answer>;
  /** 创建群聊会话, 获取群聊会话 (90245, 90247): groups that the app makes, the only ones it can write to. */
  createGroup(name: string, owner: string, members: readonly string[]): Promise<Answer>;
  group(chat: string): Promise<Answer>;
}

interface ClientOptions {
  readonly fetch?: Fetch;
  readonly now?: () => number;
}

/** Invalid, expired, missing. */
const TOKEN_REFUSED = new Set([40014, 42001, 41001]);

export function wecomAppClient(settings: WecomAppSettings, options: ClientOptions = {}): WecomAppClient {
  const call = authorised(settings, options);
  const agentid = settings.agentId;
  return {
    send: (member, body, repeatS) =>
      call('message/send', {
        touser: member,
        agentid,
        ...body,
        enable_duplicate_check: 1,
        duplicate_check_interval: repeatS,
      }),
    sendToGroup: (chat, body) => call('appchat/send', { chatid: chat, ...body }),
    updateCard: (member, code, to) =>
      call('message/update_template_card', {
        userids: [member],
        agentid,
        response_code: code,
        ...('card' in to ? { template_card: to.card } : { button: { replace_name: to.word } }),
      }),
    media: (id, most) => call(`media/get?media_id=${encodeURIComponent(id)}`, undefined, most),
    recall: (msgid) => call('message/recall', { msgid }),
    upload: (file) => call('media/upload?type=file', formOf(file)),
    agent: () => call(`agent/get?agentid=${agentid}`),
    department: (id) => call(`user/simplelist?department_id=${id}&fetch_child=1`),
    user: (id) => call(`user/get?userid=${encodeURIComponent(id)}`),
    createGroup: (name, owner, members) => call('appchat/create', { name, owner, userlist: members }),
    group: (chat) => call(`appchat/get?chatid=${encodeURIComponent(chat)}`),
  };
}

/** Calls with a token; one that WeCom refuses is forgotten and the call made once more. */
function authorised(settings: WecomAppSettings, { fetch, now = Date.now }: ClientOptions) {
  const tokens = accessTokens(settings, now, fetch);
  const once = async (path: string, body?: Body | FormData, most?: number) => {
    const token = await tokens.get();
    if (!token.ok) return { answer: token, refused: false };
    const url = `${settings.baseUrl}/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token.text)}`;
    const answer = await (most === undefined ? callWecom(url, body, fetch) : fetchFile(url, most, fetch));
    const refused = !answer.ok && TOKEN_REFUSED.has(answer.code);
    if (refused) tokens.forget(token.text);
    return { answer, refused };
  };
  return async (path: string, body?: Body | FormData, most?: number): Promise<Answer> => {
    const { answer, refused } = await once(path, body, most);
    return refused ? (await once(path, body, most)).answer : answer;
  };
}
