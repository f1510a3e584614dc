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

/** A step's mark and the step. */
export function markedOf(line: string): [string, string] {
  const found = /^(\S{2,3})　(.+)$/.exec(line);
  return found ? [found[1]!, found[2]!] : ['', line];
}

const LONG_SHEET = 7;
/** A filled-in form: many lines that are each a name and a value. It can wait until someone wants to read it. */
export const isSheet = (lines: readonly string[]): boolean =>
  lines.length > LONG_SHEET && lines.every((line) => /^[^：　]{2,12}：|^补充/.test(line));

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

/** A text without what marks and joins its lines. */
const bare = (text: string): string => text.replace(/[\s·•【】：:。；]/g, '');

const sentences = (line: string): readonly string[] => line.match(/[^。]+。?/g) ?? [];

/** What a reply's text says beyond its card. A ruling's card says all of it. */
export function besideCard(text: string, card: Card): string {
  if (card.sections.some(opens)) return '';
  const said = bare(
    [card.title, card.summary, ...card.sections.flatMap((s) => [s.heading, ...s.lines]), card.footer ?? ''].join(' '),
  );
  return text
    .split('\n')
    .map((line) =>
      sentences(line)
        .filter((says) => !said.includes(bare(says)))
        .join(''),
    )
    .filter((line) => line !== '')
    .join('\n')
    .trim();
}
