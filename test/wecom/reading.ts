import { wecomAibotWebhook } from '../../adapters/wecom-aibot/callback.ts';
import { wecomAibotSettings, type CallbackSettings } from '../../adapters/wecom-aibot/settings.ts';
import { wecomAppWebhook } from '../../adapters/wecom-app/events.ts';
import { wecomAppSettings, type WecomAppSettings } from '../../adapters/wecom-app/settings.ts';
import type { InboundMessage } from '../../src/domain/message.ts';
import type { Notebook } from '../../src/ports/notebook.ts';
import type { Reading, Webhook } from '../../src/ports/platform.ts';
import { memoryNotebook } from '../fakes/notebook.ts';
import { aibotDelivery, aibotEnv, appDelivery, wecomEnv, type Delivered, type DeliveryOptions } from './deliveries.ts';

/** What the tests of this folder share. */
export const NOW = Date.UTC(2026, 0, 1);

export function appSettings(baseUrl = 'http://127.0.0.1:1', more: Record<string, string> = {}): WecomAppSettings {
  const settings = wecomAppSettings({ ...wecomEnv(baseUrl), ...more });
  if (!settings) throw new Error('no settings');
  return settings;
}

export function botSettings(baseUrl = 'http://127.0.0.1:1', more: Record<string, string> = {}): CallbackSettings {
  const settings = wecomAibotSettings({ ...aibotEnv(baseUrl), ...more });
  if (settings?.mode !== 'callback') throw new Error('no callback settings');
  return settings;
}

export const readBy = (hook: Webhook, { method, query, body }: Delivered, now = NOW): Promise<Reading> =>
  hook.read({ method, query, headers: new Headers(), body: new TextEncoder().encode(body) }, now);

/** WeCom delivers this to the app at NOW. */
export const readApp = (xml: string, options: DeliveryOptions = {}, notebook: Notebook = memoryNotebook()) =>
  readBy(wecomAppWebhook(appSettings(), notebook), appDelivery(xml, { now: NOW, ...options }));

export const WELCOME = '我是议事。';

export const botHook = (notebook: Notebook = memoryNotebook(), more: Record<string, string> = {}) =>
  wecomAibotWebhook(botSettings(undefined, more), notebook, WELCOME);

/** WeCom delivers this to the bot at NOW. */
export const readBot = (body: unknown, options: DeliveryOptions = {}, hook = botHook(), now = NOW) =>
  readBy(hook, aibotDelivery(body, { now, ...options }), now);

/** The one message a delivery turns into. */
export function messageIn(reading: Reading): InboundMessage {
  if (reading.kind !== 'messages' || !reading.messages[0]) throw new Error(`no message: ${JSON.stringify(reading)}`);
  return reading.messages[0];
}
