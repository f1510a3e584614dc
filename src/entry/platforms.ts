import { feishuClient } from '../../adapters/feishu/client.ts';
import { feishuWebhook } from '../../adapters/feishu/events.ts';
import { feishuPlatform } from '../../adapters/feishu/send.ts';
import type { listenToFeishu } from '../../adapters/feishu/socket.ts';
import { assertWebhookSecrets, feishuSettings } from '../../adapters/feishu/settings.ts';
import { wecomAibotWebhook } from '../../adapters/wecom-aibot/callback.ts';
import { exchange as newExchange } from '../../adapters/wecom-aibot/exchange.ts';
import { downloadWith } from '../../adapters/wecom-aibot/files.ts';
import { wecomAibotPlatform } from '../../adapters/wecom-aibot/send.ts';
import { wecomAibotSettings } from '../../adapters/wecom-aibot/settings.ts';
import type { listenToAibot } from '../../adapters/wecom-aibot/socket.ts';
import { aibotSocketPlatform } from '../../adapters/wecom-aibot/socket-send.ts';
import { wecomAppClient } from '../../adapters/wecom-app/client.ts';
import { wecomAppWebhook } from '../../adapters/wecom-app/events.ts';
import { wecomAppPlatform } from '../../adapters/wecom-app/send.ts';
import { wecomAppSettings } from '../../adapters/wecom-app/settings.ts';
import { wecomRobotPlatform } from '../../adapters/wecom-robot/send.ts';
import { wecomRobotSettings } from '../../adapters/wecom-robot/settings.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Service } from '../http/app.ts';
import type { Notebook } from '../ports/notebook.ts';
import type { Platform } from '../ports/platform.ts';
import { helpReply } from '../wording/help.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

type Listen = (
  deliver: (message: InboundMessage) => Promise<void>,
  until: AbortSignal,
  /** Somebody took a message back; by the id it had. */
  recall: (id: string) => Promise<void>,
) => Promise<void>;

export interface Connected {
  readonly webhooks: Service['webhooks'];
  readonly platforms: ReadonlyMap<string, Platform>;
  /** Long connections, where the runtime can hold one open. */
  readonly listeners: readonly Listen[];
}

/** How the Node entry loads the long connections; the Worker has none, and must not carry their SDKs. */
export interface Sockets {
  readonly feishu: () => Promise<{ listenToFeishu: typeof listenToFeishu }>;
  readonly aibot: () => Promise<{ listenToAibot: typeof listenToAibot }>;
}

interface World {
  readonly env: Env;
  readonly log: Log;
  readonly notebook: Notebook;
  readonly sockets?: Sockets;
}

/** One platform, connected; nothing when the environment does not configure it. */
type Connect = (
  world: World,
) => { readonly platform: Platform; readonly webhooks?: Service['webhooks']; readonly listen?: Listen } | undefined;

/** A new platform is its folder and a few lines here. */
const CONNECTS: readonly Connect[] = [feishu, wecomApp, wecomAibot, wecomRobot];

/** The platforms that the environment configures. */
export function platformsFrom(env: Env, log: Log, notebook: Notebook, sockets?: Sockets): Connected {
  const world = { env, log, notebook, ...(sockets && { sockets }) };
  const connected = CONNECTS.flatMap((connect) => connect(world) ?? []);
  return {
    webhooks: connected.flatMap(({ webhooks }) => webhooks ?? []),
    platforms: new Map(connected.map(({ platform }) => [platform.name, platform])),
    listeners: connected.flatMap(({ listen }) => listen ?? []),
  };
}

function feishu({ env, log, notebook, sockets }: World): ReturnType<Connect> {
  const settings = feishuSettings(env);
  if (!settings) return undefined;
  const client = feishuClient(settings);
  const platform = feishuPlatform(client, notebook);
  const bot = () => client.bot();
  if (settings.mode === 'webhook') {
    assertWebhookSecrets(settings);
    const hook = feishuWebhook(settings, bot, notebook);
    return { platform, webhooks: ['/feishu/events', '/feishu/cards'].map((path) => ({ path, hook })) };
  }
  const load = loader(
    sockets?.feishu,
    '请把 FEISHU_MODE 设为 webhook，并填 FEISHU_ENCRYPT_KEY 与 FEISHU_VERIFICATION_TOKEN',
  );
  const listen: Listen = async (deliver, until, recall) =>
    (await load()).listenToFeishu(settings, {
      bot,
      notebook,
      deliver,
      recall,
      until,
      log: (level, text) => log('feishu-socket', { level, text }),
    });
  return { platform, listen };
}

function wecomApp({ env, notebook }: World): ReturnType<Connect> {
  const settings = wecomAppSettings(env);
  if (!settings) return undefined;
  const platform = wecomAppPlatform(wecomAppClient(settings), notebook);
  return { platform, webhooks: [{ path: '/wecom/app', hook: wecomAppWebhook(settings, notebook) }] };
}

function wecomAibot({ env, log, notebook, sockets }: World): ReturnType<Connect> {
  const settings = wecomAibotSettings(env);
  if (!settings) return undefined;
  const welcome = helpReply('').text;
  if (settings.mode === 'callback') {
    const hook = wecomAibotWebhook(settings, notebook, welcome);
    return { platform: wecomAibotPlatform(settings, notebook), webhooks: [{ path: '/wecom/aibot', hook }] };
  }
  const load = loader(sockets?.aibot, '请给智能机器人改用 URL 回调，并设 WECOM_AIBOT_MODE=callback');
  const exchange = newExchange();
  const listen: Listen = async (deliver, until) =>
    (await load()).listenToAibot(settings, {
      exchange,
      notebook,
      welcome,
      deliver,
      until,
      log: (level, text) => log('aibot-socket', { level, text }),
    });
  const platform = { ...aibotSocketPlatform(exchange, notebook), download: downloadWith(settings) };
  return { platform, listen };
}

function wecomRobot({ env, notebook }: World): ReturnType<Connect> {
  const settings = wecomRobotSettings(env);
  return settings && { platform: wecomRobotPlatform(settings, notebook) };
}

function loader<T>(load: T | undefined, instead: string): T {
  if (!load) throw new Error(`这个运行环境不能保持长连接：${instead}。`);
  return load;
}
