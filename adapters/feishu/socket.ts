import { safeParse } from 'zod/mini';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { hear, type WhoIsBot } from './hear.ts';
import type { FeishuSettings } from './settings.ts';
import { envelopeShape } from './shapes.ts';

/**
 * The long connection (FEISHU_MODE=socket), for schools without a public address. Node only: the SDK's socket does not
 * run on Workers, and the SDK is loaded only here. open.feishu.cn › 使用长连接接收事件: frames arrive decrypted over a
 * connection opened with the app's secret, each delivered to one of the app's clients; the same 3 seconds and the same
 * retries as over HTTP.
 */
interface SocketOptions {
  readonly bot: WhoIsBot;
  /** Keeps the message. When it rejects, Feishu is told so and delivers the event again. */
  readonly deliver: (message: InboundMessage) => Promise<void>;
  /** Somebody took a message back; by the id it had. */
  readonly recall: (id: string) => Promise<void>;
  readonly notebook: Notebook;
  readonly until: AbortSignal;
  readonly log?: (level: 'info' | 'warn' | 'error', text: string) => void;
  readonly now?: () => number;
}

const HANDSHAKE_TIMEOUT_MS = 10_000;
const PONG_TIMEOUT_S = 30;

/** Listens until told to stop; rejects when Feishu turns the app away for good. */
export async function listenToFeishu(settings: FeishuSettings, options: SocketOptions): Promise<void> {
  const { EventDispatcher, LoggerLevel, WSClient } = await import('@larksuiteoapi/node-sdk');
  const { until, log = () => {} } = options;
  const quiet = { logger: sdkLogger(log), loggerLevel: LoggerLevel.warn };
  // The SDK's own dispatch flattens header and event into one object, where a card's token hides the envelope's.
  const eventDispatcher = Object.assign(new EventDispatcher(quiet), { invoke: onEvent(settings, options) });
  await new Promise<void>((resolve, reject) => {
    const socket = new WSClient({
      ...quiet,
      appId: settings.appId,
      appSecret: settings.appSecret,
      domain: settings.baseUrl,
      handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
      wsConfig: { pingTimeout: PONG_TIMEOUT_S },
      onReady: () => log('info', '飞书长连接已建立'),
      onReconnecting: () => log('warn', '飞书长连接断开，正在重连'),
      onReconnected: () => log('info', '飞书长连接已恢复'),
      onError: (error) => (socket.close({ force: true }), reject(error)),
    });
    const stop = () => resolve(socket.close({ force: true }));
    if (until.aborted) return stop();
    until.addEventListener('abort', stop, { once: true });
    void socket.start({ eventDispatcher });
  });
}

function onEvent(settings: FeishuSettings, { bot, notebook, deliver, recall, now = Date.now }: SocketOptions) {
  const ears = { app: settings.appId, bot, notebook };
  return async (frame: unknown): Promise<unknown> => {
    const envelope = safeParse(envelopeShape, frame).data;
    if (envelope?.schema !== '2.0' || envelope.header?.app_id !== settings.appId) return undefined;
    const heard = await hear(envelope, ears, now());
    if (heard.kind === 'nothing') return undefined;
    if (heard.kind === 'recalled') return recall(heard.id);
    if (heard.message) await deliver(heard.message);
    return heard.kind === 'press' ? heard.toast : undefined;
  };
}

/** The SDK's warnings in our log; only their text, as its objects may carry requests with the secret. */
function sdkLogger(log: NonNullable<SocketOptions['log']>) {
  const at = (level: 'warn' | 'error') => (parts: readonly unknown[]) =>
    log(
      level,
      parts
        .flat()
        .filter((part) => typeof part === 'string')
        .join(' ')
        .slice(0, 300),
    );
  const silent = () => {};
  return { error: at('error'), warn: at('warn'), info: silent, debug: silent, trace: silent };
}
