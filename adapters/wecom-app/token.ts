import { callWecom, NO_ANSWER, type Failure, type Fetch } from '../wecom-shared/api.ts';
import type { WecomAppSettings } from './settings.ts';

/**
 * The app's access token. developer.work.weixin.qq.com › 获取access_token (91039): two hours, rate-protected, may be
 * invalidated early. One is fetched at a time, however many wait for it, and an old one serves on when the new cannot
 * be had.
 */
type Token = { readonly ok: true; readonly text: string } | Failure;

interface Tokens {
  get(): Promise<Token>;
  /** Forgets this token, and only this one: of fifty calls it failed for, one fetches the next. */
  forget(text: string): void;
}

const RENEW_BEFORE_MS = 5 * 60_000;
/** A flight older than this is given up: on Workers a fetch dies with the request that began it. */
const STALE_MS = 10_000;

export function accessTokens(settings: WecomAppSettings, now: () => number, fetch?: Fetch): Tokens {
  let held: { readonly text: string; readonly until: number } | undefined;
  let flight: { readonly result: Promise<Token>; readonly since: number } | undefined;

  async function renew(): Promise<Token> {
    const query = new URLSearchParams({ corpid: settings.corpId, corpsecret: settings.secret });
    const answer = await callWecom(`${settings.baseUrl}/cgi-bin/gettoken?${query}`, undefined, fetch);
    if (!answer.ok) return held && held.until > now() ? { ok: true, text: held.text } : answer;
    const { access_token: text, expires_in: seconds } = answer.body;
    if (typeof text !== 'string') return { ok: false, code: NO_ANSWER, status: 200, message: 'no token' };
    held = { text, until: now() + Number(seconds) * 1000 };
    return { ok: true, text };
  }

  function shared(): Promise<Token> {
    if (flight && now() - flight.since < STALE_MS) return flight.result;
    const mine = { result: renew().finally(() => flight === mine && (flight = undefined)), since: now() };
    flight = mine;
    return mine.result;
  }

  return {
    get: () =>
      held && held.until - now() >= RENEW_BEFORE_MS ? Promise.resolve({ ok: true, text: held.text }) : shared(),
    forget(text) {
      if (held?.text === text) held = undefined;
    },
  };
}
