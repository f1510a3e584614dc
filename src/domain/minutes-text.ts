import type { AgendaItem, Leg } from './agenda-item.ts';
import type { Entry, Meeting, Outcome } from './meeting.ts';
import type { Body } from './member.ts';
import { isKindergarten, type SchoolProfile } from './school.ts';

/** The wording of decisions and minutes, shared by messages and papers. Form 6; procedure sections 1 and 9.1. */

/**
 * What the school calls its two meetings: the names it has set (`party_meeting_name`, `principal_meeting_name`), else those of
 * procedure 9.1 (branches) and 9.5 (kindergartens: 园务会议).
 */
export function meetingName(
  body: Body,
  school: Pick<SchoolProfile, 'orgType' | 'schoolTypes'> & Partial<Pick<SchoolProfile, 'params'>>,
): string {
  const own = school.params?.[body === 'party' ? 'party_meeting_name' : 'principal_meeting_name']?.trim();
  if (own) return own;
  if (body === 'principal') return isKindergarten(school) ? '园务会议' : '校长办公会议';
  if (school.orgType === '设支委会的党支部') return '支委会会议';
  if (school.orgType === '不设支委会的党支部') return '支部党员大会';
  return '党组织会议';
}

/** Where an item goes after a body that only studies or reviews it. */
const ONWARD: Readonly<Record<Leg['body'], string>> = {
  party: '提交党组织会议讨论决定',
  principal: '提交校长办公会议研究',
  congress: '提交教职工代表大会讨论通过',
  superior: '报上级主管部门审批',
  other: '提交法定或专门机构决定',
};

/** The same of a body that has a name of its own. */
const ONWARD_ACTS: Readonly<Record<Leg['body'], string>> = {
  party: '讨论决定',
  principal: '研究',
  congress: '讨论通过',
  superior: '审批',
  other: '决定',
};

interface Decided {
  readonly act: Leg['act'];
  readonly outcome: Outcome;
  readonly title: string;
  /** The content of the decision in the meeting's words; empty for the plain one. */
  readonly text: string;
  /** The leg after this one, if any. */
  readonly next?: Leg | undefined;
}

/** “会议决定” at the head of somebody's text would say it twice, or say what a studying body may not. */
const HEAD = /^(?:经(?:会议)?研究[，,]?\s*)?(?:会议决定|研究决定|会议研究提出|研究提出)[：:，,]?\s*/;
const trimmed = (text: string): string =>
  text
    .trim()
    .replace(HEAD, '')
    .replace(/[。；;，,\s]+$/, '');

/**
 * The decision as minutes give it: `会议决定：……。`, or, from a body whose word is not the last, `研究提出：……，提交党组织会议
 * 讨论决定。` (never 会议决定, procedure section 1).
 */
export function decisionSentence({ act, outcome, title, text, next }: Decided): string {
  const said = act === 'decides' ? trimmed(text) : trimmed(text).replace(/会议决定/g, '会议提出');
  if (outcome === 'deferred')
    return `会议对《${title}》暂缓作出决定${said ? `：${said}` : '，进一步调研、沟通后再议'}。`;
  if (outcome === 'rejected') return `会议不同意《${title}》所提方案${said ? `：${said}` : ''}。`;
  const onward = next ? `，${next.name ? `提交${next.name}${ONWARD_ACTS[next.body]}` : ONWARD[next.body]}` : '';
  const head = act === 'decides' ? '会议决定' : act === 'reviews' ? '审议意见' : '研究提出';
  return `${head}：${said || agreed(title)}${onward}。`;
}

/** `关于更换食堂承包商的请示` → `同意更换食堂承包商`. */
function agreed(title: string): string {
  const subject = /^关于(.+)的请示$/.exec(title)?.[1];
  return subject ? `同意${subject}` : `同意《${title}》所提方案`;
}

/** One item's paragraph of the minutes: `会议听取了何副校长《关于……的请示》的汇报。经研究，会议决定：……。` */
export function minutesParagraph(item: Pick<AgendaItem, 'title'>, entry: Entry, reporter: string): string {
  if (entry.left) return `《${item.title}》本次未形成决定：${entry.left}。`;
  return `会议听取了${reporter}《${item.title}》的汇报。经研究，${entry.text ?? '尚无结论。'}`;
}

/** The opening paragraph of the minutes: when, where, who chaired, attended, was absent, sat in. Names are given ready to print. */
export function minutesOpening(
  meeting: Pick<Meeting, 'date' | 'time' | 'place'>,
  names: {
    readonly meeting: string;
    readonly chair: string;
    readonly present: readonly string[];
    readonly absent: readonly string[];
    readonly observers: readonly string[];
  },
): string {
  const [year, month, day] = meeting.date.split('-').map(Number);
  const absent = names.absent.length > 0 ? `缺席：${names.absent.join('、')}。` : '';
  const observers = names.observers.length > 0 ? `列席：${names.observers.join('、')}。` : '';
  return (
    `${year}年${month}月${day}日${meeting.time}，在${meeting.place}召开${names.meeting}，由${names.chair}主持。` +
    `出席：${names.present.join('、')}。${absent}${observers}`
  );
}
