import type { Card, CardSection, Conversation } from '../../src/domain/message.ts';
import { cutLine } from '../shared/parts.ts';
import { actionElements } from './card-actions.ts';
import type { Element } from './card-element.ts';
import { framed } from './card-frame.ts';
import { sectionElements, small, words } from './card-sections.ts';
import { shortened } from '../shared/shortened.ts';

/**
 * Our card as Feishu's card JSON 2.0. open.feishu.cn › 飞书卡片 › 卡片 JSON 2.0 结构: unknown properties are errors,
 * at most 200 elements and 30 KB. What people wrote goes into plain text, which has no markup at all; only headings and
 * links are markdown, escaped.
 */
const MOST_BYTES = 29 * 1024;
const MOST_TAGS = 190;
/** A message of more parts is a flood; what is beyond them is named as left out. */
const MOST_PARTS = 5;
const LINE_BYTES = 2700;

/** A card as it is to be shown; `head` stands in the place of the summary. */
interface Shown {
  readonly card: Card;
  readonly head?: string | undefined;
}

/** One piece of one card: which sections of it, and whether it opens or closes the whole. */
interface Piece {
  readonly sections: readonly CardSection[];
  readonly first: boolean;
  readonly last: boolean;
  readonly number?: string;
  readonly note?: string;
}

/**
 * The card's JSON; a long one as several, numbered, the buttons under the last. No line is cut as long as it fits, and no
 * source is. Nothing when even its head and buttons are too much.
 */
export function cardParts(shown: Shown, conversation: Conversation): readonly string[] | undefined {
  const draw = (piece: Piece) => render(shown, piece, conversation);
  const whole = draw({ sections: shown.card.sections.map(withWholeLines), first: true, last: true });
  if (fits(whole)) return [whole];
  if (!fits(draw({ sections: [], first: true, last: true, number: NUMBER, note: CUT_NOTE }))) return undefined;
  const pieces = piecesOf(shown.card.sections.map(withWholeLines).flatMap(unitsOf), draw);
  return pieces.map((piece, at) =>
    pieces.length === 1 ? draw(piece) : draw({ ...piece, number: `（${at + 1}/${pieces.length}）` }),
  );
}

/** Stands for the number while it is measured. */
const NUMBER = '（9/9）';
const CUT_NOTE = '内容太长，只发到这里；完整内容请向办公室要。';

function piecesOf(units: readonly CardSection[], draw: (piece: Piece) => string): Piece[] {
  const pieces: Piece[] = [];
  let rest = units;
  for (;;) {
    const first = pieces.length === 0;
    const full = pieces.length === MOST_PARTS - 1;
    const closing = (count: number): Piece => ({
      sections: joined(rest.slice(0, count)),
      first,
      last: true,
      number: NUMBER,
      ...(count < rest.length && { note: CUT_NOTE }),
    });
    if (fits(draw(closing(rest.length)))) return [...pieces, closing(rest.length)];
    const open = (count: number): Piece => ({
      sections: joined(rest.slice(0, count)),
      first,
      last: false,
      number: NUMBER,
    });
    const count = mostThat(rest.length, (n) => fits(draw(full ? closing(n) : open(n))));
    if (full || count === 0) return [...pieces, closing(count)];
    pieces.push(open(count));
    rest = rest.slice(count);
  }
}

/** The largest number up to `most` for which it holds; 0 is taken to hold. */
function mostThat(most: number, holds: (n: number) => boolean): number {
  let [fine, tooMany] = [0, Math.min(most, 1000) + 1];
  while (tooMany - fine > 1) {
    const middle = Math.floor((fine + tooMany) / 2);
    if (holds(middle)) fine = middle;
    else tooMany = middle;
  }
  return fine;
}

const withWholeLines = (section: CardSection): CardSection => ({
  ...section,
  lines: section.lines.flatMap((line) => cutLine(line, LINE_BYTES)),
});

/** A section line by line, source by source; each a section of its own. */
const unitsOf = ({ heading, lines, links = [] }: CardSection): CardSection[] => [
  ...lines.map((line) => ({ heading, lines: [line] })),
  ...links.map((link) => ({ heading, lines: [], links: [link] })),
];

function joined(units: readonly CardSection[]): CardSection[] {
  const sections: { heading: string; lines: string[]; links: NonNullable<CardSection['links']>[number][] }[] = [];
  for (const { heading, lines, links = [] } of units) {
    const last = sections.at(-1);
    if (last?.heading === heading && (last.links.length === 0 || lines.length === 0)) {
      last.lines.push(...lines);
      last.links.push(...links);
    } else sections.push({ heading, lines: [...lines], links: [...links] });
  }
  return sections;
}

/** The limit counts the request, in which the card stands as a JSON string: quotes and backslashes double. */
function fits(content: string): boolean {
  const bytes = new TextEncoder().encode(JSON.stringify(content)).length;
  return bytes <= MOST_BYTES && content.split('"tag":').length - 1 <= MOST_TAGS;
}

function render({ card, head = card.summary }: Shown, piece: Piece, conversation: Conversation): string {
  const { sections, first, last, number = '', note } = piece;
  const elements: Element[] = [
    ...(head === '' || !first ? [] : [words(head, 2000)]),
    ...sections.flatMap(sectionElements),
    ...(note === undefined ? [] : [small(note)]),
    ...(last ? actionElements(card.actions, conversation) : []),
    ...(last && card.footer !== undefined ? [{ tag: 'hr' }, small(card.footer)] : []),
  ];
  return framed(`${shortened(card.title, 100)}${number}`, card.tone, card.summary || card.title, elements);
}
