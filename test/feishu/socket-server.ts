import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptSocket, frameOf, readFrames } from '../fakes/websocket.ts';

/**
 * Feishu's end of the long connection on the loopback: just enough protobuf to push one event
 * and read its acknowledgement. Frame{1 SeqID, 2 LogID, 3 service, 4 method, 5 headers{1 key, 2 value}, 8 payload}.
 */
export interface Acknowledgement {
  readonly code: number;
  /** Base64 JSON: what a card callback answers. */
  readonly data?: string;
}

export interface FeishuSocket {
  /** Resolves when the client has connected and listens. */
  readonly connected: Promise<void>;
  push(event: unknown, parts?: number): Promise<Acknowledgement>;
}

/** The SDK attaches its listener only after the connection is open; a frame sent at once would be lost. */
const SETTLE_MS = 100;

export function attachSocket(server: Server): FeishuSocket {
  let peer: Duplex | undefined;
  const waiting = new Map<string, (ack: Acknowledgement) => void>();
  const connected = new Promise<void>((resolve) => {
    server.on('upgrade', (request, socket) => {
      acceptSocket(request, socket);
      peer = socket;
      readFrames(socket, 'binary', (frame) => {
        const { headers, payload } = decodeFrame(frame);
        waiting.get(headers.get('message_id') ?? '')?.(JSON.parse(payload.toString('utf8')));
      });
      setTimeout(resolve, SETTLE_MS);
    });
  });
  let count = 0;
  return {
    connected,
    push(event, parts = 1) {
      const id = `frame_${(count += 1)}`;
      const bytes = Buffer.from(JSON.stringify(event), 'utf8');
      const size = Math.ceil(bytes.length / parts);
      const ack = new Promise<Acknowledgement>((resolve) => waiting.set(id, resolve));
      for (let seq = parts - 1; seq >= 0; seq--) {
        const headers = { type: 'event', message_id: id, sum: String(parts), seq: String(seq), trace_id: 'trace' };
        peer?.write(frameOf('binary', encodeFrame(headers, bytes.subarray(seq * size, (seq + 1) * size))));
      }
      return ack;
    },
  };
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

const lengthed = (field: number, bytes: Buffer) =>
  Buffer.concat([Buffer.from([(field << 3) | 2, ...varint(bytes.length)]), bytes]);

function encodeFrame(headers: Readonly<Record<string, string>>, payload: Buffer): Buffer {
  const numbers = Buffer.from([0x08, 1, 0x10, 1, 0x18, 1, 0x20, 1]); // SeqID, LogID, service, method: data
  const pairs = Object.entries(headers).map(([key, value]) =>
    lengthed(5, Buffer.concat([lengthed(1, Buffer.from(key)), lengthed(2, Buffer.from(value))])),
  );
  return Buffer.concat([numbers, ...pairs, lengthed(8, payload)]);
}

function fields(bytes: Buffer): [number, Buffer][] {
  const found: [number, Buffer][] = [];
  let at = 0;
  const next = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = next();
    const size = (tag & 7) === 2 ? next() : (next(), 0);
    found.push([tag >> 3, bytes.subarray(at, (at += size))]);
  }
  return found;
}

function decodeFrame(bytes: Buffer) {
  const headers = new Map<string, string>();
  let payload = Buffer.alloc(0);
  for (const [field, value] of fields(bytes)) {
    if (field === 8) payload = Buffer.from(value);
    if (field !== 5) continue;
    const [key, text] = fields(value).map(([, part]) => part.toString('utf8'));
    headers.set(key ?? '', text ?? '');
  }
  return { headers, payload };
}
