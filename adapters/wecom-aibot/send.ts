import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Platform, Sent } from '../../src/ports/platform.ts';
import { callWecom, type Fetch } from '../wecom-shared/api.ts';
import { toUnsent } from '../wecom-shared/errors.ts';
import { composed, noteComposed } from './cards.ts';
import { downloadWith } from './files.ts';
import { PRESSED } from './hear.ts';
import type { CallbackSettings } from './settings.ts';
import { streamIdOf, streamsIn } from './streams.ts';

/**
 * Says replies as an AI bot in callback mode: the answer is laid ready for the client, which fetches it. What comes too
 * late for that, and what follows a press, is posted once to the address that came with the question.
 */
export function wecomAibotPlatform(settings: CallbackSettings, notebook: Notebook, fetch?: Fetch): Platform {
  const streams = streamsIn(notebook);

  async function lay(id: string, outgoing: Outgoing, now: number): Promise<'fetched later' | 'too late'> {
    const said = composed(outgoing, true);
    await noteComposed(notebook, outgoing, said, now);
    return streams.answer(id, said.ready, now);
  }

  async function post(id: string, outgoing: Outgoing, now: number): Promise<Sent> {
    const url = await streams.urlFor(id, now);
    if (url === undefined) return { kind: 'undeliverable', why: '没有可用的回复地址（一小时内有效，只能用一次）' };
    if (!isWecoms(url, settings.hosts)) return { kind: 'undeliverable', why: '回复地址不是企业微信的' };
    // One post, either a card or words.
    const whole = composed(outgoing, true);
    const said = whole.cardAlone ? whole : composed(outgoing, false);
    await noteComposed(notebook, outgoing, said, now);
    const { content, card } = said.ready;
    const body = card
      ? { msgtype: 'template_card', template_card: card }
      : { msgtype: 'markdown', markdown: { content } };
    const answer = await callWecom(url, body, fetch);
    return answer.ok ? { kind: 'sent' } : toUnsent(answer, now);
  }

  return {
    name: 'wecom-aibot',
    async send(outgoing, now) {
      const { replyTo } = outgoing;
      if (!replyTo) return { kind: 'undeliverable', why: '智能机器人的回调方式不能主动发消息；提醒请用自建应用' };
      const id = streamIdOf(replyTo);
      if (!replyTo.startsWith(PRESSED) && (await lay(id, outgoing, now)) === 'fetched later') return { kind: 'sent' };
      return post(id, outgoing, now);
    },
    download: downloadWith(settings, fetch),
  };
}

/** The address comes from a verified callback, and yet we post only to WeCom, or to the host that stands in for it. */
function isWecoms(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    (protocol === 'https:' && /(^|\.)weixin\.qq\.com$/.test(hostname)) ||
    (/^https?:$/.test(protocol) && hosts.includes(hostname))
  );
}
