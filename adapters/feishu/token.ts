import { singleFlight } from './flight.ts';
import type { Failure, Http } from './http.ts';
import type { FeishuSettings } from './settings.ts';

/**
 * The tenant access token. open.feishu.cn › 自建应用获取 tenant_access_token: while 30 minutes or more remain the
 * platform returns the same token; with less it issues a new one and both stay valid. So one process more or less
 * asks for one token an hour and a half, and an old one serves on when the new cannot be had.
 */
type Token = { readonly ok: true; readonly text: string } | Failure;

interface Tokens {
  get(): Promise<Token>;
  /** Forgets this token, and only this one: of fifty calls it failed for, one fetches the next. */
  forget(text: string): void;
}

const RENEW_BEFORE_MS = 30 * 60 * 1000;

export function tenantTokens(settings: FeishuSettings, http: Http, now: () => number): Tokens {
  let held: { readonly text: string; readonly until: number } | undefined;

  const renew = singleFlight(
    async (): Promise<Token> => {
      const answer = await http({
        method: 'POST',
        path: '/open-apis/auth/v3/tenant_access_token/internal',
        body: { app_id: settings.appId, app_secret: settings.appSecret },
      });
      if (!answer.ok) return held && held.until > now() ? { ok: true, text: held.text } : answer;
      const { tenant_access_token: text, expire } = answer.body;
      held = { text: String(text), until: now() + Number(expire) * 1000 };
      return { ok: true, text: held.text };
    },
    now,
    10_000,
  );

  return {
    get: () =>
      held && held.until - now() >= RENEW_BEFORE_MS ? Promise.resolve({ ok: true, text: held.text }) : renew(),
    forget(text) {
      if (held?.text === text) held = undefined;
    },
  };
}
