import { expect } from 'vitest';

/** How the story reaches a service: over HTTP, in this process or under another runtime. */
export interface Door {
  fetch(path: string, body?: unknown): Promise<{ status: number; json: () => Promise<unknown> }>;
}

export interface Heard {
  readonly to: { readonly kind: string; readonly id: string };
  readonly text: string;
  readonly card?: {
    readonly title: string;
    readonly actions: readonly {
      readonly id: string;
      readonly label: string;
      readonly fields?: readonly { readonly name: string }[];
    }[];
  };
  readonly files?: readonly { readonly name: string; readonly url: string }[];
}

/** The school as one talks with it: members who say and press things, a clock that moves, registers to look at. */
export function schoolBehind(door: Door) {
  let turn = 0;
  const last = new Map<string, Heard>();
  const sent: { to: string; text: string; day: string }[] = [];
  const heard: Heard[] = [];

  async function chat(member: string, body: object, group?: string): Promise<Heard> {
    const conversation = group ? { id: group, kind: 'group' } : { id: member, kind: 'direct' };
    const response = await door.fetch('/api/chat', { id: `story-${++turn}`, from: member, conversation, ...body });
    const answer = (await response.json()) as { replies: Heard[] };
    expect(response.status, JSON.stringify(answer)).toBe(200);
    const [here, ...others] = answer.replies;
    for (const reply of [...others, here!]) if (reply.to.kind === 'direct') last.set(reply.to.id, reply);
    heard.push(...answer.replies);
    return here!;
  }

  return {
    sent,
    heard,
    /** Says a thing and expects to hear something like it. */
    async say(member: string, text: string, like: RegExp, group?: string): Promise<Heard> {
      const here = await chat(member, { text }, group);
      expect(here.text, `${member}: ${text}`).toMatch(like);
      return here;
    },
    /** Presses a button of the card this member saw last. */
    async press(member: string, label: string, like: RegExp, values: Record<string, string> = {}): Promise<Heard> {
      const actions = last.get(member)?.card?.actions ?? [];
      const action = actions.find((a) => a.label.includes(label));
      expect(action, `${member} has no button ${label} but ${actions.map((a) => a.label).join('、')}`).toBeDefined();
      const here = await chat(member, { action: { id: action!.id, values } });
      expect(here.text, `${member} pressed ${label}`).toMatch(like);
      return here;
    },
    get: async (path: string) => (await door.fetch(path)).json() as Promise<Record<string, unknown>>,
    async now(): Promise<string> {
      return ((await (await door.fetch('/api/demo/clock')).json()) as { now: string }).now;
    },
    /** What this member was told since a day, directly and in groups. */
    async told(member: string, since: string): Promise<readonly { text: string; at: number; to: { id: string } }[]> {
      const after = Date.parse(`${since}T00:00:00+08:00`);
      const response = await door.fetch(`/api/messages?from=${member}&after=${after}`);
      return ((await response.json()) as { items: { text: string; at: number; to: { id: string } }[] }).items;
    },
    /** Moves the clock to a time of a day and keeps what was sent on the way. */
    async until(day: string, time = '09:00'): Promise<void> {
      const response = await door.fetch('/api/demo/clock', { now: `${day}T${time}:00+08:00` });
      const answer = (await response.json()) as { sent: { to: string; text: string }[] };
      expect(response.status, JSON.stringify(answer)).toBe(200);
      sent.push(...answer.sent.map((s) => ({ ...s, day })));
    },
  };
}
export type School = ReturnType<typeof schoolBehind>;

/** `2026-11-23` and so many days on. */
export const dayAfter = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

/** The Monday after a day. */
export const mondayAfter = (day: string): string =>
  dayAfter(day, (8 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7 || 7);
