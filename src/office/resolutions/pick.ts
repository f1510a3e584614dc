import type { Resolution } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { maySee } from './may.ts';
import { halfWidth } from './words.ts';

const MOST_OFFERED = 6;
/** `J5`, `r 12`, full width, glued to Chinese: `J5已完成招标`. */
const ID = /(?<![A-Za-z0-9-])([JR])\s?(\d{1,6})(?![\w-])/i;
const NUMBER = /[DXY][\d-]*\d(?:-[JR]\d+)+/i;

export interface Picked {
  readonly resolution: Resolution;
  readonly rest: string;
}

const without = (text: string, at: number, length: number): string =>
  `${text.slice(0, at)} ${text.slice(at + length)}`
    .replace(/\s+/g, ' ')
    .replace(/^[\s,，、:：]+/, '')
    .trim();

function namedIn(
  scene: Scene,
  words: string,
): { found: Resolution | undefined; name: string; rest: string } | undefined {
  const number = NUMBER.exec(words);
  const byNumber = number && scene.all('resolution').find((r) => r.number.toUpperCase() === number[0].toUpperCase());
  if (number && byNumber)
    return { found: byNumber, name: number[0], rest: without(words, number.index, number[0].length) };
  const id = ID.exec(words);
  if (!id) return number ? { found: undefined, name: number[0], rest: words } : undefined;
  const name = `${id[1]!.toUpperCase()}${Number(id[2])}`;
  return { found: scene.resolution(name), name, rest: without(words, id.index, id[0].length) };
}

/** Titles of confidential ones are not offered in a group. */
const mayBeSaidHere = (scene: Scene, r: Resolution): boolean =>
  scene.place.kind === 'direct' || r.confidentiality !== 'committee_only';

/** From here on the scene is about it: what is said, and refused, of a confidential one does not stay in a group. */
function about(scene: Scene, resolution: Resolution, rest: string): Picked {
  scene.about = resolution.id;
  return { resolution, rest };
}

/**
 * The resolution a command is about: named, else the one spoken of last, else the only one that fits; otherwise refused
 * with those that fit as buttons. What the speaker may not see is as if it were not there.
 */
export function pickResolution(
  scene: Scene,
  said: Said,
  command: string,
  fits: (r: Resolution) => boolean = () => true,
): Picked {
  const words = halfWidth(said.words);
  const named = namedIn(scene, words);
  if (named) {
    if (named.found && maySee(scene, scene.by, named.found)) return about(scene, named.found, named.rest);
    throw new Refusal('unknown-resolution', `没有找到 ${named.name}。发 /决议 看您能看的决议。`, [
      button('/决议', '看决议'),
    ]);
  }
  const last = scene.about === undefined ? undefined : scene.resolution(scene.about);
  if (last && fits(last) && maySee(scene, scene.by, last)) return about(scene, last, words);
  const fitting = scene
    .all('resolution')
    .filter((r) => fits(r) && maySee(scene, scene.by, r) && mayBeSaidHere(scene, r));
  if (fitting.length === 1) return about(scene, fitting[0]!, words);
  if (fitting.length === 0)
    throw new Refusal('no-resolution', '现在没有要您这样办的决议。发 /决议 看全部。', [button('/决议', '看决议')]);
  throw new Refusal(
    'which-resolution',
    '是哪一项？',
    fitting.slice(0, MOST_OFFERED).map((r) => button(`/${command} ${r.id} ${words}`.trim(), `${r.id} ${r.title}`)),
  );
}

/** Closed to everything but reading: superseded, ended or closed; says what can be done instead. */
export function mustBeUnderWay(r: Resolution): void {
  if (r.supersededBy !== undefined)
    throw new Refusal('superseded', `${r.id} 已被 ${r.supersededBy} 代替，不再执行；请按 ${r.supersededBy} 办。`, [
      button(`/决议 ${r.supersededBy}`, `看 ${r.supersededBy}`, 'primary'),
    ]);
  if (r.state === 'ended') throw new Refusal('ended', `${r.id} 已终止（${r.ended?.why ?? '没有写原因'}），不用再办。`);
  if (r.state === 'closed')
    throw new Refusal('closed', `${r.id} 已销号，不用再报。要评价效果，请发 /评价 ${r.id}。`, [
      button(`/决议 ${r.id}`, '看决议'),
    ]);
}
