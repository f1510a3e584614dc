import { type AgendaItem, moneyOrPeople } from '../../domain/agenda-item.ts';
import type { Entry, Meeting, Vote } from '../../domain/meeting.ts';
import type { Reply } from '../../domain/message.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { ofItem } from './buttons.ts';
import { voteWords } from './card.ts';
import { type Counts, countsIn, methodIn } from './counts.ts';
import { isClose, mustBeOpen, silent } from './discuss.ts';
import { mustRun } from './may.ts';
import { type Listed, pickEntry, pickMeeting, titleFor, withEntry } from './pick.ts';
import { dueFor, passNeeded, takingPart } from './quorum.ts';
import { quorumFor } from './recuse.ts';
import { quietly } from './speak.ts';
import { countedFromAfar } from './written.ts';

/** The methods an item may be voted on by (procedure 4.2, 6 and 9.2). */
export function methodsFor(scene: Scene, item: AgendaItem): { methods: readonly Vote['method'][]; why: string } {
  if (scene.school.dualRole && moneyOrPeople(item))
    return { methods: ['记名', '无记名'], why: '书记、校长一人兼任，人事和大额事项只用记名或无记名表决' };
  if (item.ruling.cadre) return { methods: ['无记名', '记名', '口头'], why: '干部事项用无记名投票、记名或逐一表态' };
  return { methods: ['口头', '举手', '记名', '无记名'], why: '' };
}

/** Stances as votes: of all who take part once all have spoken, with the counted ones from afar. */
export function fromStances(scene: Scene, meeting: Meeting, entry: Entry, method: Vote['method']): Vote | undefined {
  if (silent(meeting, entry).length > 0) return undefined;
  const all = [...entry.opinions, ...countedFromAfar(meeting, entry, scene.school)];
  const n = (stance: string) => all.filter((o) => o.stance === stance).length;
  return { method, for: n('同意'), against: n('不同意'), abstain: 0, defer: n('缓议') };
}

/** `/表决 举手 同意5 反对0 弃权0 缓议0`: counts that add up, by a method that is allowed. */
export function vote(scene: Scene, said: Said): Reply {
  const { meeting, rest } = pickMeeting(scene, said, '表决', ['open']);
  mustBeOpen(meeting);
  mustRun(scene, meeting, '登记表决');
  const listed = pickEntry(scene, meeting, rest, '表决');
  if (listed.entry.state !== 'discussing')
    throw new Refusal(
      'not-discussed',
      listed.entry.state === 'decided'
        ? `${listed.item.id} 已有结果。`
        : `还没有议到 ${listed.item.id}，先发“/议 ${listed.item.id}”。`,
    );
  const quorum = quorumFor(scene, meeting, listed);
  if (!quorum.enough) throw new Refusal('quorum', `不能表决：${quorum.words}。`);
  const method = methodIn(said.values['method'] || listed.rest);
  mustBePermitted(scene, meeting, listed, method);
  const counted = countVote(scene, meeting, listed, method!, countsIn(listed.rest, said.values));
  const next = scene.putMeeting(withEntry(meeting, { ...listed.entry, vote: counted }));
  scene.did('vote', listed.item.id, { meeting: meeting.id, method });
  return quietly(
    scene,
    next,
    `已登记${titleFor(scene, meeting, listed.item, scene.by)}的表决，票数只在会议成员范围内。`,
    votedText(scene, next, listed, counted),
    listed.item.id,
  );
}

function mustBePermitted(scene: Scene, meeting: Meeting, listed: Listed, method: Vote['method'] | undefined): void {
  const { methods, why } = methodsFor(scene, listed.item);
  const form = ofItem(scene, meeting, listed).slice(0, 1);
  if (!method)
    throw new Refusal(
      'method',
      `请写表决方式：${methods.join('、')}。例如“/表决 ${methods[0]} 同意5 不同意0 弃权0 缓议0”。`,
      form,
    );
  if (!methods.includes(method)) throw new Refusal('method', `${listed.item.id} 不能用${method}：${why}。`, form);
}

function countVote(
  scene: Scene,
  meeting: Meeting,
  { entry, item }: Listed,
  method: Vote['method'],
  given: Counts | undefined,
): Vote {
  const byName = method === '记名' || method === '口头';
  if (!byName && !given) throw new Refusal('counts', `请写票数，例如“/表决 ${method} 同意5 不同意0 弃权0 缓议0”。`);
  if (!byName) return mustAddUp(scene, meeting, entry, { method, ...given! });
  const taken = fromStances(scene, meeting, entry, method);
  if (!taken) {
    const names = silent(meeting, entry).map((m) => scene.roster.nameOf(m));
    throw new Refusal(
      'stances',
      `${method}表决按各人表态计票，还没表态：${names.join('、')}。`,
      names.slice(0, 3).map((n) => button(`/表态 ${meeting.id} ${item.id} ${n} 同意`, `记${n}同意`)),
    );
  }
  if (given && voteWords(given) !== voteWords(taken))
    throw new Refusal(
      'counts',
      `${method}表决按表态计：${voteWords(taken)}；与您写的${voteWords(given)}不一致，请核对。`,
    );
  return mustAddUp(scene, meeting, entry, taken);
}

/** Every one who takes part votes once: present less recused, and what the school counts from afar. */
function mustAddUp(scene: Scene, meeting: Meeting, entry: Entry, vote: Vote): Vote {
  const here = takingPart(meeting, entry).length;
  const afar = countedFromAfar(meeting, entry, scene.school).length;
  const sum = vote.for + vote.against + vote.abstain + vote.defer;
  if (sum === here + afar) return vote;
  const away = entry.recused.filter((m) => meeting.present.includes(m)).length;
  const minus = away > 0 ? `，回避${away}人` : '';
  const plus = afar > 0 ? `，书面计票${afar}人` : '';
  throw new Refusal(
    'sum',
    `票数不对：${voteWords(vote)}，共${sum}票；实到${meeting.present.length}人${minus}${plus}，应为${here + afar}票。`,
  );
}

function votedText(scene: Scene, meeting: Meeting, { entry, item }: Listed, v: Vote): string {
  const due = dueFor(meeting.body, scene.roster, scene.school).count;
  const pass = passNeeded(due, takingPart(meeting, entry).length, scene.school);
  const reached = v.for >= pass.need ? '达到通过票数' : '没有达到通过票数';
  const rule =
    meeting.body === 'principal'
      ? `表决供参考，由主持人听取意见后决定`
      : `${pass.words}${pass.suggested ? '（通行值，待学校确认）' : ''}，${reached}`;
  const close = isClose(v.for, v.against + v.defer) ? '双方人数接近，除紧急情况外建议暂缓。' : '';
  const missing = silent(meeting, entry).map((m) => scene.roster.nameOf(m));
  const record = missing.length > 0 ? `会议记录还缺${missing.join('、')}的意见，请补登。` : '';
  const signs = scene.school.dualRole && moneyOrPeople(item) ? '一人兼任：请纪检委员在会议记录上签字。' : '';
  return `已登记 ${item.id} 的表决（${v.method}）：${voteWords(v)}。${rule}。${close}${record}${signs}`;
}
