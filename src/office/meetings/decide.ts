import type { AgendaItem, Leg } from '../../domain/agenda-item.ts';
import { type Entry, type Meeting, type Outcome, OUTCOMES } from '../../domain/meeting.ts';
import type { Resolution } from '../../domain/resolution.ts';
import type { Reply } from '../../domain/message.ts';
import { decisionSentence } from '../../domain/minutes-text.ts';
import { button, type Said } from '../command.ts';
import { dayText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { afterMeeting } from '../items/advance.ts';
import { adopt } from '../resolutions/adopt.ts';
import { fourFields, outcomeFields } from './fields.ts';
import { mustBeOpen } from './discuss.ts';
import { fourIn, type Four } from './four.ts';
import { mustRun } from './may.ts';
import { type Listed, liveEntries, pickEntry, pickMeeting, titleFor, withEntry } from './pick.ts';
import { presiderOf } from './presiding.ts';
import { takingPart } from './quorum.ts';
import { reply } from './speak.ts';
import { mustStand } from './stands.ts';

/** `/结果 Y12 通过 …`: how an item ended, with what the rules ask of it. */
export function decide(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '结果', ['open']);
  mustBeOpen(meeting);
  mustRun(scene, meeting, '登记结果');
  const listed = pickEntry(scene, meeting, rest, '结果');
  const leg = listed.item.legs[listed.item.leg]!;
  const { outcome, words } = outcomeOf(scene, meeting, listed, said, leg);
  if (listed.entry.state !== 'discussing')
    throw new Refusal(
      'not-discussed',
      listed.entry.state === 'decided' ? `${listed.item.id} 已有结果。` : `还没有议到 ${listed.item.id}。`,
      listed.entry.state === 'decided' ? [] : [button(`/议 ${meeting.id} ${listed.item.id}`, `议 ${listed.item.id}`)],
    );
  const counted = outcome === 'deferred' ? listed.entry.vote : mustStand(scene, meeting, listed, outcome);
  const stated = fourIn(scene, said, words);
  if (outcome === 'amended' && stated.text === '')
    throw new Refusal('amended-text', '修改后通过，要写明改成了什么。', [
      button(
        `/结果 ${meeting.id} ${listed.item.id} 修改后通过`,
        '写修改内容',
        'primary',
        outcomeFields(scene, leg.act === 'decides')
          .slice(1)
          .map((f) => (f.name === 'text' ? { ...f, required: true } : f)),
      ),
    ]);
  return settle(
    scene,
    meeting,
    { ...listed, entry: { ...listed.entry, ...(counted && { vote: counted }) } },
    { outcome, leg, ...stated },
  );
}

interface Ending extends Four {
  readonly outcome: Outcome;
  readonly leg: Leg;
}

const WORDS: readonly (readonly [RegExp, Outcome])[] = [
  [/不通过|未通过|没通过|不同意|否决|reject(?:ed)?/i, 'rejected'],
  [/修改后(?:再)?通过|修改通过|amend(?:ed)?/i, 'amended'],
  [/暂缓|缓议|再议|搁置|defer(?:red)?/i, 'deferred'],
  [/通过|同意|adopt(?:ed)?/i, 'adopted'],
];

/** The outcome comes first in the words: what follows is the decision's own text and may well contain 同意. */
function outcomeOf(
  scene: Scene,
  meeting: Meeting,
  { item }: Listed,
  said: Said,
  leg: Leg,
): { outcome: Outcome; words: string } {
  const { rest } = pickEntry(scene, meeting, pickMeeting(scene, said, '结果', ['open']).rest, '结果');
  const given = said.values['outcome']?.trim();
  const [first = ''] = (given || rest).split(/[\s,，:：;；]/);
  const found = WORDS.find(([pattern]) => pattern.test(first));
  if (!found)
    throw new Refusal('outcome', `${item.id} 的结果是：通过、修改后通过、不通过，还是暂缓？`, [
      button(`/结果 ${meeting.id} ${item.id}`, '登记结果', 'primary', outcomeFields(scene, leg.act === 'decides')),
    ]);
  const left = given ? rest.replace(/^(?:修改后通过|不通过|通过|暂缓)/, '') : rest.slice(first.length);
  return { outcome: found[1], words: left.replace(/^[\s,，:：;；]+/, '').trim() };
}

/** Writes the outcome down and passes the item on: a resolution where the body decides, 研究提出 where it does not. */
function settle(scene: Scene, meeting: Meeting, { entry, item }: Listed, ending: Ending): Reply {
  const { outcome, leg, four, coowner } = ending;
  const next = item.legs[item.leg + 1];
  const text = decisionSentence({ act: leg.act, outcome, title: item.title, text: ending.text, next });
  const resolved = resolve(scene, meeting, item, { outcome, leg, four, coowner, text });
  const presider = presiderOf(scene, meeting, entry.recused);
  const decided: Entry = {
    ...entry,
    ...(presider && { chair: presider.id }),
    state: 'decided',
    outcome,
    text,
    took: takingPart(meeting, entry),
    ...(resolved && { resolution: resolved.id }),
  };
  const saved = scene.putMeeting(withEntry(meeting, decided));
  const moved = afterMeeting(scene, scene.item(item.id)!, {
    meeting: saved,
    outcome,
    text,
    ...(ending.talkAgainOn && { talkAgainOn: ending.talkAgainOn }),
  });
  // The deed is the item's: what is confidential stays out of groups.
  scene.about = item.id;
  tellSponsor(scene, saved, moved, outcome, text);
  return reply(scene, saved, decidedText(scene, saved, moved, decided, resolved));
}

interface Resolving extends Pick<Ending, 'outcome' | 'leg' | 'four' | 'coowner'> {
  readonly text: string;
}

function resolve(scene: Scene, meeting: Meeting, item: AgendaItem, r: Resolving): Resolution | undefined {
  if (r.leg.act !== 'decides') return undefined;
  const yes = r.outcome === 'adopted' || r.outcome === 'amended';
  // A rejected reconsideration leaves the old resolution in force, and says so; a deferred one is still under way.
  if (!yes && !(r.outcome === 'rejected' && item.reconsiders)) return undefined;
  try {
    const made = adopt(scene, {
      item,
      meeting,
      text: r.text,
      four: r.four,
      outcome: r.outcome,
      ...(r.coowner && { coowner: r.coowner }),
    });
    return yes ? made : undefined;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'four-clear') throw error;
    throw new Refusal(error.code, error.message, [
      button(`/结果 ${meeting.id} ${item.id} ${OUTCOMES[r.outcome]}`, '填四明确', 'primary', fourFields(scene)),
    ]);
  }
}

function tellSponsor(scene: Scene, meeting: Meeting, item: AgendaItem, outcome: Outcome, text: string): void {
  if (item.sponsor === scene.by.id) return;
  const next =
    outcome === 'deferred'
      ? `再沟通日期：${item.talkAgainOn ? dayText(item.talkAgainOn) : '待定'}。`
      : item.state === 'preparing'
        ? '请继续办理下一步的会前步骤。'
        : '';
  scene.tell(
    item.sponsor,
    { text: `${item.id} 在${meeting.number}的结果：${OUTCOMES[outcome]}。${text}${next}` },
    item.id,
  );
}

function decidedText(
  scene: Scene,
  meeting: Meeting,
  item: AgendaItem,
  entry: Entry,
  resolved: Resolution | undefined,
): string {
  const left = liveEntries(scene, meeting).filter(({ entry: e }) => e.state !== 'decided').length;
  return [
    `${titleFor(scene, meeting, item, scene.by)}：${OUTCOMES[entry.outcome!]}。`,
    entry.text!,
    ...(resolved ? [`已形成决议 ${resolved.id}（${resolved.number}），已告诉责任主体。`] : []),
    ...(item.state === 'deferred' && item.talkAgainOn ? [`再沟通日期：${dayText(item.talkAgainOn)}，到时提醒。`] : []),
    left > 0 ? `还有${left}个议题。` : '议题都议完了，可以散会。',
  ].join('\n');
}
