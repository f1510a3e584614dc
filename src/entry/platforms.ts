import { feishuClient } from '../../adapters/feishu/client.ts';
import { feishuWebhook } from '../../adapters/feishu/events.ts';
import { feishuPlatform } from '../../adapters/feishu/send.ts';
import type { listenToFeishu } from '../../adapters/feishu/socket.ts';
import { assertWebhookSecrets, feishuSettings } from '../../adapters/feishu/settings.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Service } from '../http/app.ts';
import type { Platform } from '../ports/platform.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

type Listen = (deliver: (message: InboundMessage) => Promise<void>, until: AbortSignal) => Promise<void>;

export interface Connected {
  readonly webhooks: Service['webhooks'];
  readonly platforms: ReadonlyMap<string, Platform>;
  /** Long connections, where the runtime can hold one open. */
  readonly listeners: readonly Listen[];
}

/** How the Node entry loads the long connection; the Worker has none, and must not carry the SDK. */
export type LoadSocket = () => Promise<{ listenToFeishu: typeof listenToFeishu }>;

/** The platforms that the environment configures. A new one is its folder and a few lines here. */
export function platformsFrom(env: Env, log: Log, loadSocket?: LoadSocket): Connected {
  const feishu = feishuSettings(env);
  if (!feishu) return { webhooks: [], platforms: new Map(), listeners: [] };
  const client = feishuClient(feishu);
  const platforms = new Map<string, Platform>([['feishu', feishuPlatform(client)]]);
  const bot = () => client.bot();
  if (feishu.mode === 'socket') {
    if (!loadSocket) throw new Error('这个运行环境不能保持长连接：请把 FEISHU_MODE 设为 webhook。');
    const listen: Listen = async (deliver, until) => {
      const socket = await loadSocket();
      await socket.listenToFeishu(feishu, { bot, deliver, until, log: (level, text) => log('feishu-socket', { level, text }) });
    };
    return { webhooks: [], platforms, listeners: [listen] };
  }
  assertWebhookSecrets(feishu);
  const hook = feishuWebhook(feishu, bot);
  return { webhooks: [{ path: '/feishu/events', hook }, { path: '/feishu/cards', hook }], platforms, listeners: [] };
}
