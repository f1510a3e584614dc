import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Entry, Meeting } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { readyItems, unlist } from '../items/advance.ts';
import { maySeeItem } from '../items/may.ts';
import { field } from './fields.ts';
import { agendaLine, meetingCard } from './card.ts';
import { opening } from './last-decisions.ts';
import { addItem } from './list-item.ts';
import { isInsider, mayRun, mustRun, sitsInFor } from './may.ts';
import { urgentIn } from './notice.ts';
import { liveEntries, pickMeeting, takeItemId, titleFor } from './pick.ts';
import { reply } from './speak.ts';

/** `/议程`: shows it, lists and unlists items, orders them, sets their minutes. */
export function agenda(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '议程', ['called', 'open', 'closed']);
  const { reason, words } = urgentIn(rest, said);
  const { id, rest: more } = takeItemId(said.values['item'] ? `${said.values['item']} ${words}` : words);
  if (!id) return ofWhole(scene, meeting, more);
  const item = scene.item(id);
  const live = liveEntries(scene, meeting).find((l) => l.item.id === id);
  if (!item || !maySeeItem(scene.by, item, scene.roster))
    throw new Refusal('unknown-item', `没有找到议题 ${id}。`, [button(`/议程 ${meeting.id}`, '看议程')]);
  if (/撤下|移出|拿下|退回|unlist|remove/i.test(more)) return takeOff(scene, said, meeting, item, more);
  const place = /第\s*(\d{1,2})/.exec(more)?.[1];
  const minutes = said.values['minutes'] || /(\d{1,3})\s*(?:分钟|分|min)/i.exec(more)?.[1];
  if (!live) return addItem(scene, meeting, item, { reason, minutes: minutes ? Number(minutes) : undefined });
  mustRun(scene, meeting, '调整议程');
  mustBeBefore(meeting);
  if (!place && !minutes) return reply(scene, meeting, `${id} 已在${meeting.number}的议程里。`);
  const timed = minutes ? { ...live.entry, minutes: Number(minutes) } : live.entry;
  const others = meeting.agenda.filter((e) => e !== live.entry);
  const at = place ? Math.max(0, Number(place) - 1) : meeting.agenda.indexOf(live.entry);
  const next = scene.putMeeting({ ...meeting, agenda: [...others.slice(0, at), timed, ...others.slice(at)] });
  scene.did('order-agenda', meeting.id, {
    item: id,
    ...(place && { place: at + 1 }),
    ...(minutes && { minutes: Number(minutes) }),
  });
  return reply(scene, next, `议程已调整。\n${lines(scene, next).join('\n')}`);
}

function ofWhole(scene: Scene, meeting: Meeting, words: string): Reply {
  if (/全部|都列|所有|all/i.test(words)) return addAll(scene, meeting);
  if (/排序|排一下|order|sort/i.test(words)) return order(scene, meeting);
  return show(scene, meeting);
}

function mustBeBefore(meeting: Meeting): void {
  if (meeting.state !== 'called') throw new Refusal('state', `${meeting.number}已经开始或结束，议程不再调整顺序。`);
}

/** The agenda as the speaker may read it here. */
function lines(scene: Scene, meeting: Meeting): readonly string[] {
  return liveEntries(scene, meeting).map(
    (l, n) => `${n + 1}. ${agendaLine(scene, meeting, l, scene.by, scene.place.kind)}`,
  );
}

function show(scene: Scene, meeting: Meeting): Reply {
  scene.about = meeting.id;
  const live = liveEntries(scene, meeting);
  const runs = mayRun(scene, meeting, scene.by);
  const sees = runs || isInsider(scene, meeting, scene.by) || live.some(({ item }) => sitsInFor(item, scene.by));
  if (!sees) return reply(scene, meeting, `${meeting.number}的议程只发给参会人员。`);
  const ready = runs && meeting.state === 'called' ? readyItems(scene, meeting.body) : [];
  const titles = ready.map((item) => titleFor(scene, meeting, item, scene.by));
  const text = [
    live.length > 0
      ? `${meeting.number}议程：\n${opening(scene, meeting)}\n${lines(scene, meeting).join('\n')}`
      : `${meeting.number}还没有列入议题。`,
    ...(titles.length > 0
      ? [`可以列入：${titles.join('；')}。发“/议程 ${meeting.id} 编号”列入，“/议程 ${meeting.id} 全部”都列。`]
      : []),
  ].join('\n');
  const card = meetingCard(scene, meeting, scene.by);
  const more = runs && meeting.state === 'called' ? agendaButtons(scene, meeting, ready) : [];
  return {
    text,
    card: { ...card, actions: [...more, ...card.actions.filter((a) => !a.id.startsWith('/议程'))].slice(0, 9) },
  };
}

function agendaButtons(scene: Scene, meeting: Meeting, ready: readonly AgendaItem[]) {
  const live = liveEntries(scene, meeting);
  const shown = ready.filter((i) => titleFor(scene, meeting, i, scene.by).startsWith(i.id));
  return [
    ...(ready.length > 1 ? [button(`/议程 ${meeting.id} 全部`, '全部列入', 'primary')] : []),
    ...shown
      .slice(0, 3)
      .map((i) =>
        button(`/议程 ${meeting.id} ${i.id}`, `列入${i.id}`, 'default', [
          field('minutes', '时长（分钟）', 'number', false),
        ]),
      ),
    ...(live.length > 1 ? [button(`/议程 ${meeting.id} 排序`, '按惯例排序')] : []),
    button(`/会议 ${meeting.id} 落实通报`, '上次决定落实通报'),
    ...live
      .slice(0, 3)
      .map(({ item }) =>
        button(`/议程 ${meeting.id} ${item.id} 撤下`, `撤下${item.id}`, 'danger', [field('why', '原因', 'text')]),
      ),
  ];
}

/** Every ready item that needs no reason; the others are named with what stands in their way. */
function addAll(scene: Scene, meeting: Meeting): Reply {
  mustRun(scene, meeting, '列议程');
  const ready = readyItems(scene, meeting.body);
  if (ready.length === 0)
    throw new Refusal('none-ready', '现在没有可以列入的议题：前置步骤都完成并确定上会后才能列入。');
  let now = meeting;
  const left: string[] = [];
  for (const item of ready) {
    try {
      addItem(scene, now, item, { reason: undefined, minutes: undefined });
      now = scene.meeting(meeting.id)!;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      left.push(`${titleFor(scene, meeting, item, scene.by)}：${error.message}`);
    }
  }
  if (left.length === ready.length) throw new Refusal('none-listed', left.join('\n'));
  scene.about = meeting.id;
  return reply(scene, now, [`已列入${ready.length - left.length}个议题。`, ...lines(scene, now), ...left].join('\n'));
}

/** Form 4: cadre matters by themselves, then the weighty ones, then the rest; otherwise as they stand. */
const RANK = (item: AgendaItem): number => {
  if (/传达|学习/.test(item.fields['need_type'] ?? '')) return 0;
  if (/汇报/.test(item.fields['need_type'] ?? '') && /落实|执行/.test(item.title)) return 1;
  if (item.ruling.cadre) return 2;
  return item.ruling.large || item.legs.some((l) => l.body === 'party') ? 3 : 4;
};

function order(scene: Scene, meeting: Meeting): Reply {
  mustRun(scene, meeting, '调整议程');
  mustBeBefore(meeting);
  const rank = (e: Entry): number => (e.left ? 9 : RANK(scene.item(e.item)!));
  const next = scene.putMeeting({ ...meeting, agenda: meeting.agenda.toSorted((a, b) => rank(a) - rank(b)) });
  scene.did('order-agenda', meeting.id, { order: next.agenda.map((e) => e.item) });
  const cadre = next.agenda.some((e) => scene.item(e.item)?.ruling.cadre);
  const note = cadre ? '\n干部人事议题单独一段，开议前请无关列席人员离席。' : '';
  return reply(
    scene,
    next,
    `已按惯例排序：学习传达、落实通报、干部人事、三重一大、其他。\n${lines(scene, next).join('\n')}${note}`,
  );
}

function takeOff(scene: Scene, said: Said, meeting: Meeting, item: AgendaItem, words: string): Reply {
  mustRun(scene, meeting, '撤下议题');
  const live = liveEntries(scene, meeting).find((l) => l.item.id === item.id);
  if (!live) throw new Refusal('not-listed', `${item.id} 不在${meeting.number}的议程里。`);
  if (meeting.state !== 'called' || live.entry.state !== 'waiting')
    throw new Refusal('state', `会议已经开始，${item.id} 不能撤下；可以记“暂缓”。`, [
      button(`/结果 ${meeting.id} ${item.id} 暂缓`, '暂缓'),
    ]);
  const why = said.values['why']?.trim() || words.replace(/撤下|移出|拿下|退回|unlist|remove|议程/gi, '').trim();
  if (!why)
    throw new Refusal('why', `撤下 ${item.id} 要写原因。`, [
      button(`/议程 ${meeting.id} ${item.id} 撤下`, '写原因并撤下', 'danger', [field('why', '原因', 'text')]),
    ]);
  unlist(scene, item, why);
  const next = scene.putMeeting({ ...meeting, agenda: meeting.agenda.filter((e) => e !== live.entry) });
  scene.tell(
    item.sponsor,
    { text: `您的议题 ${item.id} 从${meeting.number}的议程撤下：${why}。仍可列入下次会议。` },
    item.id,
  );
  return reply(scene, next, `已从议程撤下 ${titleFor(scene, meeting, item, scene.by)}：${why}。`);
}
