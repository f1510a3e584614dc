import type { WsFrame } from '@wecom/aibot-node-sdk';
import { safeParse } from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { afterPress } from '../wecom-shared/sent-cards.ts';
import { firstWelcome } from '../wecom-shared/welcome.ts';
import { noteContact } from './contacts.ts';
import { dropPlaceholder, isRepeat, lineOf, type Exchange } from './exchange.ts';
import { hear } from './hear.ts';
import { sdkLogger } from './sdk-log.ts';
import { openStreams } from './open-streams.ts';
import type { SocketSettings } from './settings.ts';
import { bodyShape } from './shapes.ts';
import { firstFrame, streamFrame, streamIdOf } from './streams.ts';

/**
 * The AI bot's long connection, for schools without a public address. Node only: the SDK's socket does not run on
 * Workers, and the SDK is loaded only here. developer.work.weixin.qq.com › 智能机器人长连接 (101463): one live connection
 * per bot, a new one ends the old; nothing is delivered twice, so what could not be kept is said to be lost.
 */
interface SocketOptions {
  readonly exchange: Exchange;
  readonly notebook: Notebook;
  readonly welcome: string;
  readonly deliver: (message: InboundMessage) => Promise<void>;
  readonly until: AbortSignal;
  readonly log?: (level: 'info' | 'warn' | 'error', text: string) => void;
  readonly now?: () => number;
  /** The SDK's first pause before it connects again; it doubles up to 30 s. */
  readonly reconnectMs?: number;
}

const PLACEHOLDER_AFTER_MS = 1000;
const NOT_KEPT = '刚才没有收下这条消息，请稍后再发一次。';

/** Listens until told to stop; rejects when the bot is turned away, or another instance takes its place. */
export async function listenToAibot(settings: SocketSettings, options: SocketOptions): Promise<void> {
  const { WSClient } = await import('@wecom/aibot-node-sdk');
  const { until, exchange, log = () => {}, reconnectMs = 1000 } = options;
  const client = new WSClient({
    botId: settings.botId,
    secret: settings.secret,
    wsUrl: settings.url,
    logger: sdkLogger(log),
    reconnectInterval: reconnectMs,
    maxReconnectAttempts: -1,
  });
  const take = (frame: WsFrame<unknown>) =>
    void takeFrame(frame, settings, options).catch((error: unknown) =>
      log('error', `没有处理成功：${String(error).slice(0, 200)}`),
    );
  const streams = openStreams(exchange, options.notebook, settings.botId, options.now ?? Date.now);
  exchange.streams = streams;
  client.on('authenticated', () => {
    exchange.line = lineOf(client);
    log('info', '智能机器人长连接已建立');
    void streams.resume().catch((error: unknown) => log('error', `没有接上：${String(error).slice(0, 200)}`));
  });
  client.on('disconnected', () => {
    exchange.line = undefined;
    log('warn', '智能机器人长连接断开');
  });
  client.on('message', take);
  client.on('event', take);
  await new Promise<void>((resolve, reject) => {
    client.on('event.disconnected_event', () =>
      reject(new Error('同一个机器人在别处建立了长连接，这里已被断开：同时只能运行一个实例')),
    );
    client.on('error', (error) => {
      if ((error as { code?: unknown }).code === 'WS_AUTH_FAILURE_EXHAUSTED')
        reject(new Error('Bot ID 或 Secret 不对，长连接被拒绝'));
    });
    if (until.aborted) return resolve();
    until.addEventListener('abort', () => resolve(), { once: true });
    client.connect();
  }).finally(async () => {
    await streams.finishAll();
    exchange.line = undefined;
    for (const timer of exchange.placeholders.values()) clearTimeout(timer);
    exchange.placeholders.clear();
    client.disconnect();
  });
}

async function takeFrame(
  { headers, body }: WsFrame<unknown>,
  settings: SocketSettings,
  options: SocketOptions,
): Promise<void> {
  const { notebook, welcome, exchange, now = Date.now } = options;
  const read = safeParse(bodyShape, body);
  if (!read.success) return;
  const { botId, name } = settings;
  const heard = await hear(
    read.data,
    { botId, notebook, ...(name === undefined ? {} : { name }) },
    headers.req_id,
    now(),
  );
  if (heard.kind === 'message' || heard.kind === 'press') await met(heard.message, options);
  if (heard.kind === 'message') return takeMessage(heard.message, options);
  if (heard.kind === 'entered') {
    if (await firstWelcome(notebook, settings.botId, heard.member, now()))
      await exchange.line?.reply(
        headers.req_id,
        { msgtype: 'text', text: { content: welcome } },
        'aibot_respond_welcome_msg',
      );
  } else if (heard.kind === 'press') {
    await options.deliver(heard.message);
    const card = await afterPress(notebook, heard.task, heard.pressed.key, heard.pressed.values, now());
    const update = { response_type: 'update_template_card', template_card: card };
    if (card) await exchange.line?.reply(headers.req_id, update, 'aibot_respond_update_msg');
  }
}

/** From now on the chat can be written to unasked. */
async function met({ conversation }: InboundMessage, options: SocketOptions): Promise<void> {
  const { notebook, exchange, now = Date.now } = options;
  if (exchange.met.has(conversation.id)) return;
  await noteContact(notebook, conversation, now());
  exchange.met.add(conversation.id);
}

async function takeMessage(message: InboundMessage, options: SocketOptions): Promise<void> {
  const { deliver, exchange, now = Date.now } = options;
  if (isRepeat(exchange, message.id)) return deliver(message);
  const reqId = message.messageId;
  const id = streamIdOf(reqId);
  const wait = () => {
    exchange.placeholders.delete(reqId);
    void exchange.streams?.shown(reqId, now()).catch(() => {});
    void exchange.line?.reply(reqId, firstFrame(id));
  };
  exchange.placeholders.set(reqId, setTimeout(wait, PLACEHOLDER_AFTER_MS));
  try {
    await deliver(message);
  } catch (error) {
    dropPlaceholder(exchange, reqId);
    exchange.heard.delete(message.id);
    await exchange.line?.reply(reqId, streamFrame(id, NOT_KEPT, true));
    throw error;
  }
}
