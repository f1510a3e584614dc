import type { AgendaItem } from '../../domain/agenda-item.ts';
import { BODIES } from '../../domain/member.ts';
import type { Meeting, Outcome } from '../../domain/meeting.ts';
import { OUTCOMES } from '../../domain/meeting.ts';
import type { FourClear, Resolution } from '../../domain/resolution.ts';
import { button } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { dayText } from '../dates.ts';
import { progressFields } from './fields.ts';
import { FOUR, readFour } from './four-clear.ts';
import { checkerFor, ownerName, tellThose } from './people.ts';

export interface Adoption {
  readonly item: AgendaItem;
  readonly meeting: Meeting;
  /** What was decided, word for word. */
  readonly text: string;
  /** `deadline` and `owner` as people write them: `12月20日`, a name, a title or a department. */
  readonly four: Partial<FourClear>;
  readonly coowner?: string;
  readonly outcome: Outcome;
}

/**
 * Makes the resolution of a decided item; refused (`four-clear`) without the four clear things. Where the item asks for
 * reconsideration, the old resolution ends here and nowhere else; when it is not adopted, the old one stays in force and is
 * returned. The item's own record gets the resolution's id: read it again (`scene.item`) before moving it on.
 */
export function adopt(scene: Scene, adoption: Adoption): Resolution {
  const { item, outcome } = adoption;
  if (outcome !== 'adopted' && outcome !== 'amended') return keepInForce(scene, item, outcome);
  mustDecide(adoption);
  const four = clearFour(scene, adoption.four);
  const old = replaced(scene, item);
  const resolution = scene.putResolution(drafted(scene, adoption, four, old));
  const now = scene.item(item.id) ?? item;
  scene.putItem({ ...now, resolutions: [...now.resolutions, resolution.id] });
  if (old) supersede(scene, old, resolution);
  scene.did('adopt-resolution', resolution.id, {
    item: item.id,
    meeting: adoption.meeting.id,
    outcome,
    ...(old && { supersedes: old.id }),
  });
  tellOwner(scene, resolution);
  return resolution;
}

/** A body that only studies a matter decides nothing (procedure section 1). */
function mustDecide({ item, meeting }: Adoption): void {
  const legs = item.legs.filter((l) => l.body === meeting.body);
  if (legs.length > 0 && !legs.some((l) => l.act === 'decides' || l.act === 'passes'))
    throw new Refusal(
      'studies-only',
      `${BODIES[meeting.body]}对${item.id}只研究提出方案，不形成决议；请记“研究提出”，再提交下一个会议决定。`,
    );
}

/** The four clear things, or a refusal that names what is missing and how to put it. */
export function clearFour(scene: Scene, given: Partial<FourClear>): FourClear {
  const { four, faults } = readFour(scene, given);
  if (four) return four;
  const missing = faults.map((f) => FOUR[f.field]).join('、');
  throw new Refusal(
    'four-clear',
    `决议要四项都明确才能交办，还差：${missing}。\n${faults.map((f) => `· ${f.says}`).join('\n')}`,
  );
}

/** The resolution the item asks to change, which must still be there to be replaced. */
function replaced(scene: Scene, item: AgendaItem): Resolution | undefined {
  if (item.reconsiders === undefined) return undefined;
  const old = scene.resolution(item.reconsiders);
  if (!old)
    throw new Refusal('old-resolution', `没有找到原决议${item.reconsiders}，不能形成代替它的决议；请办公室核对编号。`);
  if (old.supersededBy !== undefined)
    throw new Refusal('superseded', `原决议${old.id}已由${old.supersededBy}代替，请对${old.supersededBy}提出复议。`, [
      button(`/决议 ${old.supersededBy}`, `看 ${old.supersededBy}`),
    ]);
  return old;
}

/** Form 0.2: the item's number with `-J1`; after a reconsideration the old resolution's with `-R1`. */
function numberFor(item: AgendaItem, old: Resolution | undefined): string {
  if (!old) return `${item.number ?? item.id}-J${item.resolutions.length + 1}`;
  const again = /^(.*)-R(\d+)$/.exec(old.number);
  return again ? `${again[1]}-R${Number(again[2]) + 1}` : `${old.number}-R1`;
}

function drafted(scene: Scene, adoption: Adoption, four: FourClear, old: Resolution | undefined): Resolution {
  const { item, meeting, text } = adoption;
  const co = adoption.coowner?.trim();
  const coowner = co ? (scene.roster.named(co)?.id ?? co) : undefined;
  const checker = checkerFor(scene, four.owner, meeting.body, item.deputy);
  return {
    id: `J${scene.next('J')}`,
    number: numberFor(scene.item(item.id) ?? item, old),
    title: item.title,
    text,
    ...four,
    source: { kind: 'meeting', meeting: meeting.id, item: item.id, body: meeting.body },
    state: 'waiting',
    ...(coowner && { coowner }),
    ...(checker && { checker }),
    sponsor: item.sponsor,
    ...(item.ruling.cadre && { cadre: true as const }),
    confidentiality: item.ruling.confidentiality,
    progress: [],
    extensions: [],
    ...(old && { supersedes: old.id }),
    createdAt: scene.at,
  };
}

function supersede(scene: Scene, old: Resolution, next: Resolution): void {
  const { reconsideredBy: _, ...rest } = old;
  const why = `经复议，由${next.id}（${next.number}）代替`;
  scene.putResolution({
    ...rest,
    state: 'ended',
    supersededBy: next.id,
    ended: old.ended ?? { by: scene.by.id, at: scene.at, why },
  });
  scene.did('supersede-resolution', old.id, { by: next.id });
  tellThose(scene, old, ['owner', 'coowner', 'checker', 'office'], {
    text: `${old.id}《${old.title}》${why}，原决议自今天起不再执行。请按${next.id}办。`,
  });
}

/** 不通过 or 暂缓 of a reconsideration: the old resolution is as it was. */
export function keepInForce(scene: Scene, item: AgendaItem, outcome: Outcome): Resolution {
  const old = item.reconsiders === undefined ? undefined : scene.resolution(item.reconsiders);
  if (!old) throw new Error(`${item.id} was ${outcome}: there is no resolution to keep in force`);
  const { reconsideredBy: _, ...rest } = old;
  const kept = scene.putResolution(rest);
  scene.did('keep-resolution', old.id, { item: item.id, outcome });
  tellThose(scene, old, ['owner', 'coowner', 'checker', 'office'], {
    text: `对${old.id}《${old.title}》的复议（${item.id}）结论是${OUTCOMES[outcome]}，原决议继续有效，请照常推进。`,
  });
  return kept;
}

function tellOwner(scene: Scene, r: Resolution): void {
  const text = [
    `新的决议交办：${r.id}《${r.title}》`,
    `目标任务：${r.goal}`,
    `推进措施：${r.measures}`,
    `完成时限：${dayText(r.deadline)}`,
    `责任主体：${ownerName(scene, r.owner)}`,
  ].join('\n');
  const look = button(`/决议 ${r.id}`, '看决议');
  const card = { title: `${r.id} 交办`, tone: 'neutral' as const, summary: text, sections: [], actions: [look] };
  const report = button(`/进展 ${r.id}`, '报进展', 'primary', progressFields);
  tellThose(scene, r, ['owner', 'coowner'], { text, card: { ...card, actions: [report, look] } });
  tellThose(scene, r, ['checker', 'office'], { text, card }, ['owner', 'coowner']);
}
