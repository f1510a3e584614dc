import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's side of a WebSocket (RFC 6455) on the loopback, as far as tests need it: whole frames, ours under 64 KB. */
export type Opcode = 'text' | 'binary';
const FIRST_BYTE: Readonly<Record<Opcode, number>> = { text: 0x81, binary: 0x82 };

export function acceptSocket(request: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
}

/** A server's frame: unmasked. */
export function frameOf(opcode: Opcode, payload: Buffer): Buffer {
  const first = FIRST_BYTE[opcode];
  const head =
    payload.length < 126 ? [first, payload.length] : [first, 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from(head), payload]);
}

/** A client's frames: masked; those of other kinds are passed over. */
export function readFrames(socket: Duplex, opcode: Opcode, onFrame: (payload: Buffer) => void): void {
  let held = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('end', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const short = (held[1] ?? 0) & 0x7f;
      const start = short === 126 ? 8 : short === 127 ? 14 : 6;
      if (held.length < start) return;
      const length = short === 126 ? held.readUInt16BE(2) : short === 127 ? held.readUInt32BE(6) : short;
      if (held.length < start + length) return;
      const mask = held.subarray(start - 4, start);
      const payload = Buffer.from(held.subarray(start, start + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0)));
      if ((held[0] ?? 0) === FIRST_BYTE[opcode]) onFrame(payload);
      held = held.subarray(start + length);
    }
  });
}
