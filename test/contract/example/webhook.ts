import { createHmac, timingSafeEqual } from 'node:crypto';
import { safeParse } from 'zod/mini';
import type { Notebook } from '../../../src/ports/notebook.ts';
import type { Reading, Webhook } from '../../../src/ports/platform.ts';
import { eventShape, hear } from './hear.ts';

/** Signed over the moment and the bytes, which lie an hour apart at most. */
const WINDOW_MS = 3_600_000;
const BODY = { error: { code: 'refused', message: '请求未被接受。' } };
const refused = (status: 400 | 401, why: string): Reading => ({ kind: 'refused', why, answer: { status, body: BODY } });
const ok = { status: 200, body: {} } as const;

export const signed = (secret: string, time: string, body: Uint8Array | string): Buffer =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest();

export function exampleWebhook(app: string, secret: string, notebook: Notebook): Webhook {
  return {
    async read({ headers, body }, now) {
      const [time, sign] = [headers.get('x-example-time') ?? '', headers.get('x-example-sign') ?? ''];
      if (!/^\d{13}$/.test(time) || !/^[0-9a-f]{64}$/.test(sign)) return refused(401, 'unsigned');
      if (Math.abs(now - Number(time)) > WINDOW_MS) return refused(401, 'stale');
      if (!timingSafeEqual(signed(secret, time, body), Buffer.from(sign, 'hex'))) return refused(401, 'signature');
      const read = safeParse(eventShape, parsed(body));
      if (!read.success) return { kind: 'ignored', why: 'unreadable', answer: ok };
      const message = await hear(read.data, app, notebook, now);
      return message
        ? { kind: 'messages', messages: [message], answer: ok }
        : { kind: 'ignored', why: 'not to us', answer: ok };
    },
  };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
