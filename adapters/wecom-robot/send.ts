import type { Outgoing } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { HandedFile, Platform, Sent } from '../../src/ports/platform.ts';
import { callWecom, type Fetch } from '../wecom-shared/api.ts';
import { toUnsent } from '../wecom-shared/errors.ts';
import { formOf, mediaIdIn } from '../wecom-shared/files.ts';
import { escapeText } from '../wecom-shared/escape.ts';
import { cardIn } from '../shared/card-lines.ts';
import { perMinute, type Limiter } from '../shared/limiter.ts';
import { noteProgress, progressOf, sendFrom } from '../shared/progress.ts';
import { partsOf } from '../shared/parts.ts';
import { linesOf } from '../wecom-shared/words.ts';
import type { WecomRobotSettings } from './settings.ts';

/** developer.work.weixin.qq.com › 消息推送配置说明 (99110). Markdown rather than markdown_v2, which older clients show raw. */
const MOST_TEXT_BYTES = 2048;
export const MOST_MARKDOWN_BYTES = 4096;
export const PER_MINUTE = 20;

/** Says notices in the one group the robot was added to; it hears nothing, so buttons have no place. */
export function wecomRobotPlatform(
  { url }: WecomRobotSettings,
  notebook: Notebook,
  fetch?: Fetch,
  limiter: Limiter = perMinute(PER_MINUTE),
): Platform {
  async function say(body: unknown, now: number): Promise<Sent> {
    const wait = limiter.take('robot', now);
    if (wait > 0) return { kind: 'try-later', after: now + wait, why: `群机器人每分钟最多 ${PER_MINUTE} 条` };
    const answer = await callWecom(url, body, fetch);
    return answer.ok ? { kind: 'sent' } : toUnsent(answer, now);
  }
  /** Only a file uploaded under the same key can be sent. */
  async function hand(file: HandedFile, now: number): Promise<Sent> {
    const upload = new URL(url);
    upload.pathname = upload.pathname.replace(/send$/, 'upload_media');
    upload.searchParams.set('type', 'file');
    const uploaded = await callWecom(upload.href, formOf(file), fetch);
    const media_id = mediaIdIn(uploaded);
    if (!uploaded.ok) return toUnsent(uploaded, now);
    if (media_id === undefined) return { kind: 'undeliverable', why: `文件《${file.name}》没有上传成功` };
    return say({ msgtype: 'file', file: { media_id } }, now);
  }

  return {
    name: 'wecom-robot',
    handsOver: true,
    async send(outgoing, now, files = []) {
      const first = await progressOf(notebook, outgoing.key, now);
      const note = (out: number) => noteProgress(notebook, outgoing.key, out, now);
      const steps = [...bodiesOf(outgoing), ...files.map((file) => ({ file }))];
      return sendFrom(first, steps, note, (step) =>
        'file' in step ? hand(step.file as HandedFile, now) : say(step, now),
      );
    },
  };
}

function bodiesOf({ reply }: Outgoing): readonly object[] {
  const [card, { text }] = [cardIn(reply), reply];
  if (card)
    return partsOf(linesOf(card, 'markdown'), MOST_MARKDOWN_BYTES).map((content) => ({
      msgtype: 'markdown',
      markdown: { content },
    }));
  return partsOf(escapeText(text).split('\n'), MOST_TEXT_BYTES).map((content) => ({
    msgtype: 'text',
    text: { content },
  }));
}
