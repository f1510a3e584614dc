import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WECOM_AIBOT, type Json } from './deliveries.ts';

/**
 * WeCom's end of the AI bot's long connection on the loopback: just enough WebSocket (RFC 6455) to speak its JSON
 * frames. One live connection per bot: a new subscription ends the old with `disconnected_event`.
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
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    readTexts(socket, (text) => take(socket, JSON.parse(text) as Frame));
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

/** A server's frame: text, unmasked. */
function write(socket: Duplex, json: unknown): void {
  const payload = Buffer.from(JSON.stringify(json), 'utf8');
  const head = payload.length < 126 ? [0x81, payload.length] : [0x81, 126, payload.length >> 8, payload.length & 0xff];
  socket.write(Buffer.concat([Buffer.from(head), payload]));
}

/** A client's frames: masked, shorter than 64 KB here. */
function readTexts(socket: Duplex, onText: (text: string) => void): void {
  let held = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('end', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const long = ((held[1] ?? 0) & 0x7f) === 126;
      const start = long ? 8 : 6;
      if (held.length < start) return;
      const length = long ? held.readUInt16BE(2) : (held[1] ?? 0) & 0x7f;
      if (held.length < start + length) return;
      const mask = held.subarray(start - 4, start);
      const payload = Buffer.from(held.subarray(start, start + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0)));
      if ((held[0] ?? 0) === 0x81) onText(payload.toString('utf8'));
      held = held.subarray(start + length);
    }
  });
}
