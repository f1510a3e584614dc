/**
 * Feishu takes 5 messages a second to one group, from all bots together, and 5 to one person (open.feishu.cn › 频控策略).
 * Staying below it in each process spares most of the refusals; the rest are answered by waiting.
 */
export interface Limiter {
  /** How long to wait before the next message to this chat, in milliseconds; 0 takes the place at once. */
  take(chat: string, now: number): number;
}

const SPAN_MS = 1000;
const CHATS_KEPT = 1000;

export function perChat(most = 5): Limiter {
  const recent = new Map<string, readonly number[]>();
  return {
    take(chat, now) {
      const times = (recent.get(chat) ?? []).filter((time) => now - time < SPAN_MS);
      const oldest = times[0];
      if (oldest !== undefined && times.length >= most) return oldest + SPAN_MS - now;
      recent.delete(chat);
      recent.set(chat, [...times, now]);
      if (recent.size > CHATS_KEPT) recent.delete(recent.keys().next().value ?? '');
      return 0;
    },
  };
}
