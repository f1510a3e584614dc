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
  /** What the bot uploaded, by media id. */
  readonly files: ReadonlyMap<string, { readonly name: string; readonly bytes: Buffer }>;
  /** Pushes a message or event, under this `req_id`. */
  push(body: Json, reqId: string): void;
  /** The next frame of this command, or so many, are refused so, until the returned function is called. */
  refuse(cmd: string, errcode: number, times?: number): () => void;
  /** The next frame of this command is taken in and never acknowledged. */
  swallow(cmd: string): void;
  /** What was not done for the bot: refused, or swallowed. */
  readonly refused: ReadonlySet<Frame>;
  /** Whether a bot has subscribed and its connection stands. */
  readonly open: boolean;
  /** Cuts the connection, as a network would. */
  cut(): void;
  /** New connections are turned away, until told otherwise. */
  turnAway(on: boolean): void;
  close(): Promise<void>;
}

export async function startAibotSocket(): Promise<AibotSocket> {
  const frames: Frame[] = [];
  const uploading = new Map<string, { readonly name: string; readonly pieces: Buffer[] }>();
  const files = new Map<string, { readonly name: string; readonly bytes: Buffer }>();
  const refusals: { cmd: string; errcode: number; left: number }[] = [];
  const swallows: string[] = [];
  const refusedFrames = new Set<Frame>();
  let peer: Duplex | undefined;
  let subscriptions = 0;
  let away = false;
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

  /** An upload in three steps: begun, its pieces from index 0 on, finished. */
  function uploaded({ cmd, body }: Frame): Json | undefined {
    const id = String(body?.['upload_id'] ?? `upload-${uploading.size + 1}`);
    if (cmd === 'aibot_upload_media_init') {
      uploading.set(id, { name: String(body['filename']), pieces: [] });
      return { upload_id: id };
    }
    const held = uploading.get(id);
    if (cmd === 'aibot_upload_media_chunk')
      held!.pieces[Number(body['chunk_index'])] = Buffer.from(String(body['base64_data']), 'base64');
    if (cmd !== 'aibot_upload_media_finish') return undefined;
    files.set(`media-${id}`, { name: held!.name, bytes: Buffer.concat(held!.pieces) });
    return { type: 'file', media_id: `media-${id}`, created_at: '1380000000' };
  }

  function take(socket: Duplex, frame: Frame) {
    if (frame.cmd !== 'aibot_subscribe' && frame.cmd !== 'ping') frames.push(frame);
    const swallowed = swallows.indexOf(frame.cmd);
    if (swallowed >= 0) {
      swallows.splice(swallowed, 1);
      refusedFrames.add(frame);
      return;
    }
    const refusal = refusals.find(({ cmd, left }) => cmd === frame.cmd && left > 0);
    if (refusal) refusal.left -= 1;
    const refused = refusal?.errcode ?? 0;
    if (refused !== 0) refusedFrames.add(frame);
    const errcode = frame.cmd === 'aibot_subscribe' ? subscribe(socket, frame.body) : refused;
    const body = errcode === 0 ? uploaded(frame) : undefined;
    write(socket, { headers: frame.headers, errcode, errmsg: errcode === 0 ? 'ok' : 'refused', ...(body && { body }) });
  }

  server.on('upgrade', (request, socket) => {
    if (away) return void socket.destroy();
    acceptSocket(request, socket);
    socket.on('close', () => (peer = peer === socket ? undefined : peer));
    readFrames(socket, 'text', (frame) => take(socket, JSON.parse(frame.toString('utf8')) as Frame));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames,
    files,
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
    refuse(cmd, errcode, times = 1) {
      const one = { cmd, errcode, left: times };
      refusals.push(one);
      return () => void (one.left = 0);
    },
    swallow: (cmd) => void swallows.push(cmd),
    refused: refusedFrames,
    get open() {
      return peer !== undefined;
    },
    cut: () => peer?.destroy(),
    turnAway: (on) => void (away = on),
    close: () => (peer?.destroy(), new Promise((resolve) => server.close(() => resolve()))),
  };
}

const write = (socket: Duplex, json: unknown): void =>
  void socket.write(frameOf('text', Buffer.from(JSON.stringify(json), 'utf8')));
