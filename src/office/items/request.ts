/** Choices made on the way are carried in the command itself: `/议题 {scope=经营方式不变} 更换食堂承包商`. */
const CHOSEN = /^\s*\{([^}]*)\}\s*/;

export interface Request {
  readonly words: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly matter?: string | undefined;
  /** The rule table has no such matter; a leader has said which meeting takes it. */
  readonly body?: string | undefined;
}

export function requestIn(words: string): Request {
  const found = CHOSEN.exec(words);
  const pairs = (found?.[1] ?? '')
    .split(',')
    .map((p) => [p.slice(0, Math.max(0, p.indexOf('='))), p.slice(p.indexOf('=') + 1)] as const);
  const { matter, body, ...facts } = Object.fromEntries(pairs.filter(([k]) => k !== '')) as Record<string, string>;
  return { words: found ? words.slice(found[0].length) : words, facts, matter, body };
}

/** A request as the command that makes it. */
export function commandOf({ words, facts, matter, body }: Request): string {
  const all = { ...facts, ...(matter && { matter }), ...(body && { body }) };
  const chosen = Object.entries(all).map(([k, v]) => `${k}=${v}`);
  return `/议题 ${chosen.length ? `{${chosen.join(',')}} ` : ''}${[...words].slice(0, 200).join('')}`;
}

/** The same request with one more choice made. */
export const withChoice = (request: Request, name: string, value: string): string => {
  if (name === 'matter' || name === 'body') return commandOf({ ...request, [name]: value });
  return commandOf({ ...request, facts: { ...request.facts, [name]: value } });
};
