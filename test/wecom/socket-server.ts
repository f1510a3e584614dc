import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { acceptSocket, frameOf, readFrames } from '../fakes/websocket.ts';
import { WECOM_AIBOT, type Json } from './deliveries.ts';

/**
 * WeCom's end of the AI bot's long connection on the loopback: its JSON frames. One live connection per bot: a new
 * subscription ends the old with `disconnected_event`.
 */
interface Frame {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body: Json;
}

export interface AibotSocket {
  readonly url: string;
  /** What the bot sent, subscriptions and heartbeats aside. */
  readonly frames: readonly Frame[];
  readonly subscriptions: number;
  /** Pushes a message or event, under this `req_id`. */
  push(body: Json, reqId: string): void;
  /** The next frame of this command is refused so. */
  refuse(cmd: string, errcode: number): void;
  /** Cuts the connection, as a network would. */
  cut(): void;
  close(): Promise<void>;
}

export async function startAibotSocket(): Promise<AibotSocket> {
  const frames: Frame[] = [];
  const refusals: { cmd: string; errcode: number }[] = [];
  let peer: Duplex | undefined;
  let subscriptions = 0;
  const server = createServer();

  function subscribe(socket: Duplex, { bot_id, secret }: Json): number {
    if (bot_id !== WECOM_AIBOT.botId || secret !== WECOM_AIBOT.secret) return 846604;
    if (peer && peer !== socket)
      write(peer, {
        cmd: 'aibot_event_callback',
        headers: { req_id: 'kick' },
        body: { msgid: 'kick', msgtype: 'event', event: { eventtype: 'disconnected_event' } },
      });
    peer = socket;
    subscriptions += 1;
    return 0;
  }

  function take(socket: Duplex, frame: Frame) {
    if (frame.cmd !== 'aibot_subscribe' && frame.cmd !== 'ping') frames.push(frame);
    const refusal = refusals.findIndex(({ cmd }) => cmd === frame.cmd);
    const refused = refusal < 0 ? 0 : refusals.splice(refusal, 1)[0]!.errcode;
    const errcode = frame.cmd === 'aibot_subscribe' ? subscribe(socket, frame.body) : refused;
    write(socket, { headers: frame.headers, errcode, errmsg: errcode === 0 ? 'ok' : 'refused' });
  }

  server.on('upgrade', (request, socket) => {
    acceptSocket(request, socket);
    readFrames(socket, 'text', (frame) => take(socket, JSON.parse(frame.toString('utf8')) as Frame));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames,
    get subscriptions() {
      return subscriptions;
    },
    push: (body, reqId) =>
      peer &&
      write(peer, {
        cmd: body['msgtype'] === 'event' ? 'aibot_event_callback' : 'aibot_msg_callback',
        headers: { req_id: reqId },
        body,
      }),
    refuse: (cmd, errcode) => void refusals.push({ cmd, errcode }),
    cut: () => peer?.destroy(),
    close: () => (peer?.destroy(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

const write = (socket: Duplex, json: unknown): void =>
  void socket.write(frameOf('text', Buffer.from(JSON.stringify(json), 'utf8')));
