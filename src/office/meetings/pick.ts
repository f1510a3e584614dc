import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Entry, Meeting, MeetingState } from '../../domain/meeting.ts';
import type { Member } from '../../domain/member.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { maySeeItem } from '../items/may.ts';
import { isInsider, isSecret } from './may.ts';

/** Full-width letters and digits as plain ones; punctuation stays as people wrote it, for it may end up in minutes. */
export const narrowed = (text: string): string =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ]/g, (c) => String.fromCodePoint(c.codePointAt(0)! - 0xfee0)).replace(/\u3000/g, ' ');

/** Takes the first id of one kind out of the words, wherever it stands. */
function takeId(words: string, letter: string): { id: string | undefined; rest: string } {
  const plain = narrowed(words).trim();
  const found = new RegExp(`(?<![A-Za-z0-9-])${letter}\\s?(\\d{1,6})(?![A-Za-z0-9-])`, 'i').exec(plain);
  if (!found) return { id: undefined, rest: plain };
  const rest = `${plain.slice(0, found.index)} ${plain.slice(found.index + found[0].length)}`;
  return { id: `${letter}${found[1]}`, rest: rest.replace(/\s+/g, ' ').trim() };
}

export const takeItemId = (words: string) => takeId(words, 'Y');

/** The meeting spoken of: by id or number, the one spoken of last (or its item's), else the only one in such a state. */
export function pickMeeting(
  scene: Scene,
  said: Said,
  command: string,
  states: readonly MeetingState[],
): { meeting: Meeting; rest: string } {
  const { id, rest } = takeId(said.words, 'H');
  const wanted = id ?? said.values['meeting'];
  if (wanted) {
    const meeting = scene.meeting(wanted);
    if (!meeting)
      throw new Refusal('unknown-meeting', `没有找到会议 ${wanted}。发 /会议 看都有哪些。`, [button('/会议', '会议')]);
    return { meeting, rest };
  }
  const known = scene.all('meeting');
  const byNumber = known.find((m) => rest.includes(m.number));
  if (byNumber) return { meeting: byNumber, rest: rest.replace(byNumber.number, '').trim() };
  const byItem = scene.item(takeItemId(rest).id ?? '')?.meeting;
  const last = byItem ?? scene.item(scene.about ?? '')?.meeting ?? scene.about;
  const spoken = last === undefined ? undefined : scene.meeting(last);
  if (spoken && states.includes(spoken.state)) return { meeting: spoken, rest };
  const fits = known.filter((m) => states.includes(m.state));
  const open = fits.filter((m) => m.state === 'open');
  const only = open.length === 1 ? open[0] : fits.length === 1 ? fits[0] : undefined;
  if (only) return { meeting: only, rest };
  throw fits.length === 0 ? noMeeting() : whichMeeting(fits, command, rest);
}

const noMeeting = () =>
  new Refusal(
    'no-meeting',
    '现在没有能这样办的会议。办公室或主持人可以发“/会议 党组织会议 11月27日 14:00 三楼会议室”召集一次。',
    [button('/会议', '会议')],
  );

const whichMeeting = (fits: readonly Meeting[], command: string, rest: string) =>
  new Refusal(
    'which-meeting',
    `是哪次会议？请点一个，或在命令里写上编号，例如“/${command} ${fits[0]!.id}”。`,
    fits.slice(0, 6).map((m) => button(`/${command} ${m.id} ${rest}`.trim(), m.number)),
  );

/** An entry with its item. */
export interface Listed {
  readonly entry: Entry;
  readonly item: AgendaItem;
}

/** Entries still of this meeting: not taken back, and their item still listed for it or already dealt with. */
export function liveEntries(scene: Scene, meeting: Meeting): readonly Listed[] {
  return meeting.agenda.flatMap((entry) => {
    const item = scene.item(entry.item);
    if (!item || entry.left) return [];
    const here = entry.state === 'decided' || (item.state === 'listed' && item.meeting === meeting.id);
    return here ? [{ entry, item }] : [];
  });
}

/** The entry spoken of: by the item's id or official number, `第2项`, else the one under discussion, else the one spoken of last. */
export function pickEntry(scene: Scene, meeting: Meeting, words: string, command: string): Listed & { rest: string } {
  const all = liveEntries(scene, meeting);
  // What the speaker may not know of is not there, whichever way it is named.
  const live = all.filter(
    ({ item }) => isInsider(scene, meeting, scene.by) || maySeeItem(scene.by, item, scene.roster),
  );
  const { id, rest } = takeItemId(words);
  const byNumber = live.find(({ entry }) => rest.toUpperCase().includes(entry.number));
  const place = /第\s*(\d{1,2})\s*项/.exec(rest);
  if (id || byNumber || place) {
    const listed = id
      ? live.find(({ item }) => item.id === id)
      : (byNumber ?? live.find((l) => l === all[Number(place![1]) - 1]));
    if (!listed)
      throw new Refusal('not-listed', `${id ?? place![0]}不在${meeting.number}的议程里。`, [
        button(`/议程 ${meeting.id}`, '看议程'),
      ]);
    const left = byNumber
      ? rest.replace(new RegExp(byNumber.entry.number, 'i'), '')
      : place && !id
        ? rest.replace(place[0], '')
        : rest;
    return { ...listed, rest: left.trim() };
  }
  const going =
    live.find(({ entry }) => entry.state === 'discussing') ?? live.find(({ item }) => item.id === scene.about);
  const waiting = live.filter(({ entry }) => entry.state !== 'decided');
  const only = going ?? (waiting.length === 1 ? waiting[0] : undefined);
  if (only) return { ...only, rest };
  if (waiting.length === 0)
    throw new Refusal('nothing-left', `${meeting.number}没有还要议的议题了。`, [button(`/散会 ${meeting.id}`, '散会')]);
  throw new Refusal(
    'which-item',
    '是哪个议题？请点一个，或写上编号。',
    waiting
      .slice(0, 6)
      .map(({ item }) =>
        button(`/${command} ${meeting.id} ${item.id} ${rest}`.trim(), titleFor(scene, meeting, item, scene.by)),
      ),
  );
}

/** A title as a person may read it: confidential ones only for those who hear everything, and never in a group. */
export function titleFor(
  scene: Scene,
  meeting: Meeting,
  item: AgendaItem,
  viewer: Member,
  where: 'group' | 'direct' = scene.place.kind,
): string {
  if (!isSecret(item)) return `${item.id} ${item.title}`;
  return where === 'direct' && isInsider(scene, meeting, viewer) ? `${item.id} ${item.title}` : '议题（不公开）';
}

/** Everybody a list names, by name, title or id, longest names first; and what is left of the words. */
export function membersIn(scene: Scene, words: string): { members: readonly Member[]; rest: string } {
  let rest = narrowed(words);
  const called = scene.roster.all.flatMap((m) => [m.name, m.title, m.id].map((call) => ({ call, m })));
  const found: Member[] = [];
  for (const { call, m } of called.toSorted((a, b) => b.call.length - a.call.length)) {
    const unique = scene.roster.named(call) === m;
    const plain = narrowed(call);
    // 副校长 names no principal.
    const at = unique ? rest.search(new RegExp(`(?<!副)${plain.replace(/[^\w\u4e00-\u9fff]/g, '.')}`)) : -1;
    if (at < 0 || (/^\w+$/.test(plain) && !new RegExp(`(?<!\\w)${plain}(?!\\w)`).test(rest))) continue;
    rest = `${rest.slice(0, at)} ${rest.slice(at + plain.length)}`;
    found.push(m);
  }
  const order = new Map(scene.roster.all.map((m, n) => [m.id, n]));
  const members = [...new Set(found)].toSorted((a, b) => order.get(a.id)! - order.get(b.id)!);
  return { members, rest: rest.replace(/[\s、,，和]+/g, ' ').trim() };
}

/** The person the first word names, else the speaker. */
export function personFirst(scene: Scene, words: string): { member: Member; named: boolean; rest: string } {
  const [first = '', ...others] = words.trim().split(/\s+/);
  const member = first === '' ? undefined : scene.roster.named(first);
  return member
    ? { member, named: true, rest: others.join(' ') }
    : { member: scene.by, named: false, rest: words.trim() };
}

/** Puts a changed entry in its place. */
export const withEntry = (meeting: Meeting, entry: Entry): Meeting => ({
  ...meeting,
  agenda: meeting.agenda.map((e) => (e.item === entry.item && !e.left ? entry : e)),
});
