import type { Card } from '../../domain/message.ts';
import { headingOf, opens } from './tone.ts';

/** How a card's plain-text lines are cut for showing. */
export const BULLET = /^[·•]\s*/;
const NUMBER = /^\d+[.．、]\s*/;
const COLON = /：|: /;

/** "Who: what" in two, the colon with the first; a line without one is all in the second. */
function halves(line: string): [string, string] {
  const found = COLON.exec(line);
  const cut = found ? found.index + found[0].length : 0;
  return [line.slice(0, cut), line.slice(cut)];
}

/** A way that depends on a fact: when, and where it then leads. */
export const wayOf = (line: string): [string, string] => halves(line.replace(BULLET, ''));

export const stepOf = (line: string): [string, string] => {
  const [body, action] = halves(line.replace(NUMBER, ''));
  return [withoutColon(body), action];
};

/** A clause's name goes to the first colon after its title, which may hold colons of its own. */
export function clauseOf(line: string): [string, string] {
  if (!line.startsWith('《')) return ['', line];
  const end = line.indexOf('》') + 1;
  const [name, says] = halves(line.slice(end));
  return name ? [line.slice(0, end) + name, says] : ['', line];
}

const withoutColon = (text: string): string => text.replace(/[：:]\s*$/, '');

/** The matter's name is the card's title already. */
export const untitled = (lines: readonly string[], title: string): readonly string[] =>
  lines.map((line, i) =>
    i === 0 && line.startsWith(title) ? line.slice(title.length).replace(COLON, '') || line : line,
  );

/** Where each button's answer would lead, by the button's label. */
export function leadsOf(card: Card): ReadonlyMap<string, string> {
  const labels = new Set(card.actions.map((a) => a.label));
  const ways = card.sections.filter(opens).flatMap((s) => s.lines.filter((l) => BULLET.test(l)).map(wayOf));
  return new Map(
    ways.map(([when, what]): [string, string] => [withoutColon(when), what]).filter(([when]) => labels.has(when)),
  );
}

/** The card as it is shown: nothing said twice. What a button says is left to the button; what the conclusion asks is not asked again. */
export function tidied(card: Card, leads: ReadonlyMap<string, string>): Card['sections'] {
  const concluded = card.sections
    .filter(opens)
    .flatMap((s) => s.lines)
    .join('\n');
  const onButton = (line: string) => BULLET.test(line) && leads.has(withoutColon(wayOf(line)[0]));
  return card.sections
    .map((s) => ({
      ...s,
      lines: s.lines.filter((l) => (headingOf(s) === 'open' ? !concluded.includes(l) : !onButton(l))),
    }))
    .filter((s) => s.lines.length > 0);
}
