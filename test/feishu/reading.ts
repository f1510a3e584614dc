import { readFileSync } from 'node:fs';
import { feishuWebhook } from '../../adapters/feishu/events.ts';
import { feishuSettings, type FeishuSettings } from '../../adapters/feishu/settings.ts';
import type { WhoIsBot } from '../../adapters/feishu/hear.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { delivery, feishuEnv, type DeliveryOptions } from '../fakes/feishu-server.ts';

/** What the tests of this folder share. */
export const NOW = Date.UTC(2026, 0, 1);

export function settingsFor(baseUrl = 'http://127.0.0.1:1', more: Record<string, string> = {}): FeishuSettings {
  const settings = feishuSettings({ ...feishuEnv(baseUrl), ...more });
  if (!settings) throw new Error('no settings');
  return settings;
}

export const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/feishu/${name}.json`, import.meta.url), 'utf8'));

export const knownBot: WhoIsBot = () => Promise.resolve('ou_bot');

/** Feishu delivers this event at NOW. */
export function read(
  event: unknown,
  options: DeliveryOptions = {},
  bot: WhoIsBot = knownBot,
  notebook: Notebook = memoryNotebook(),
) {
  const { headers, body } = delivery(event, { now: NOW, ...options });
  return readRaw(new TextEncoder().encode(body), headers, bot, notebook, options.now);
}

export const readRaw = (
  body: Uint8Array,
  headers: Record<string, string> = {},
  bot: WhoIsBot = knownBot,
  notebook: Notebook = memoryNotebook(),
  now: number = NOW,
) =>
  feishuWebhook(settingsFor(), bot, notebook).read(
    { method: 'POST', query: new URLSearchParams(), headers: new Headers(headers), body },
    now,
  );

/** The one message an event turns into. */
export async function heard(event: unknown, bot: WhoIsBot = knownBot): Promise<InboundMessage> {
  const reading = await read(event, {}, bot);
  if (reading.kind !== 'messages' || !reading.messages[0]) throw new Error(`no message: ${JSON.stringify(reading)}`);
  return reading.messages[0];
}
