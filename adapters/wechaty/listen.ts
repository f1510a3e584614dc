import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import { hear } from './hear.ts';
import { keepStarted } from './keep-started.ts';
import { SCAN, type Bot, type Line, type Message } from './shapes.ts';
import type { WechatySettings } from './settings.ts';

export interface WechatyOptions {
  readonly line: Line;
  readonly notebook: Notebook;
  /** Keeps the message. */
  readonly deliver: (message: InboundMessage) => Promise<void>;
  readonly until: AbortSignal;
  readonly log: (level: 'info' | 'warn' | 'error', text: string) => void;
  /** Shows the operator a code to log in with; without one takes away what was shown. */
  readonly showCode: (code?: string) => Promise<void>;
  readonly now?: () => number;
}

/** Listens until told to stop. Whatever a puppet throws is logged; it neither ends the process nor the listening. */
export async function listenToWechaty(bot: Bot, settings: WechatySettings, options: WechatyOptions): Promise<void> {
  const { line, showCode, until, now = Date.now } = options;
  const say = plainly(settings, options.log, now);
  const signs = { last: now(), code: false };
  /** An exception in a listener would be an unhandled rejection, and so the end of the process. */
  const guarded =
    <A extends readonly unknown[]>(listener: (...args: A) => unknown) =>
    (...args: A): void =>
      void (async () => listener(...args))().catch((error: unknown) => say('error', `没有处理成功：${String(error)}`));

  bot.on(
    'error',
    guarded((error) => say('warn', `puppet 报错：${String(error)}`)),
  );
  bot.on(
    'scan',
    guarded(async (code, status) => {
      if (status !== SCAN.waiting && status !== SCAN.timeout) return;
      Object.assign(signs, { last: now(), code: true });
      await showCode(code);
      say('warn', '需要扫码登录');
    }),
  );
  bot.on(
    'login',
    guarded(async (me) => {
      line.now = { bot, me };
      Object.assign(signs, { last: now(), code: false });
      say('info', '已登录，开始收发消息');
      await showCode();
    }),
  );
  bot.on(
    'logout',
    guarded(() => {
      line.now = undefined;
      Object.assign(signs, { last: now(), code: false });
      if (!until.aborted) say('error', '登录已失效：收不到也发不出，答复先留着；请在手机上查看原因，再扫码登录');
    }),
  );
  const take = inTurn(options, settings.puppet, now);
  bot.on(
    'message',
    guarded((message) => take(message)),
  );
  bot.on(
    'friendship',
    guarded(() => say('info', '有人申请加好友：不会自动通过，请在手机上处理')),
  );
  bot.on(
    'room-invite',
    guarded(() => say('info', '有人邀请进群：不会自动接受，请在手机上处理')),
  );
  await keepStarted(bot, { line, signs, until, now, say });
}

/** Puppets hand over each message on a chain of its own; here one conversation's are taken one after another. */
function inTurn({ line, notebook, deliver }: WechatyOptions, puppet: string, now: () => number) {
  const chains = new Map<string, Promise<void>>();
  let latest = 0;
  return (message: Message): Promise<void> => {
    const me = line.now?.me;
    if (!me) return Promise.resolve();
    // Answers are given in the order of these moments, so no two are the same.
    const at = (latest = Math.max(latest + 1, now()));
    const chat = message.room()?.id ?? message.talker().id;
    const before = chains.get(chat) ?? Promise.resolve();
    const taken = before.then(async () => {
      const heard = await hear(message, { puppet, me, notebook }, at);
      if (heard.kind === 'message') await deliver(heard.message);
    });
    const quiet = taken.catch(() => {}).finally(() => chains.get(chat) === quiet && chains.delete(chat));
    chains.set(chat, quiet);
    return taken;
  };
}

const SAME_MS = 60_000;

/** The log without secrets, the same line at most once a minute: puppets that cannot connect say so all the time. */
function plainly({ secrets }: WechatySettings, log: WechatyOptions['log'], now: () => number): WechatyOptions['log'] {
  const said = new Map<string, number>();
  return (level, text) => {
    const shown = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text).slice(0, 200);
    // Ids differ from message to message; what is said of them is the same.
    const same = shown.replace(/\w{16,}/g, '');
    if (level === 'warn' && now() - (said.get(same) ?? -SAME_MS) < SAME_MS) return;
    if (said.size > 100) said.clear();
    said.set(same, now());
    log(level, shown);
  };
}
