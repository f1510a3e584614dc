import { newItem } from '../items/new-item.ts';
import type { AgendaItem, ItemRuling } from '../../domain/agenda-item.ts';
import type { Entry } from '../../domain/meeting.ts';
import { hasRole } from '../../domain/member.ts';
import type { CardField, Reply } from '../../domain/message.ts';
import { button, mustBe, type Said } from '../command.ts';
import { dayText, momentText } from '../dates.ts';
import { listOn } from '../items/advance.ts';
import { itemCard } from '../items/item-card.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';

/** What somebody may decide on the spot for (procedure 4.3). */
const KINDS = ['突发事件', '抢险', '人身安全'] as const;
/** What it is never for: cadres, pay, ordinary procurement (procedure 4.3); rescue goods are no ordinary procurement. */
const NEVER: readonly (readonly [what: string, words: RegExp, except?: (typeof KINDS)[number]])[] = [
  ['干部任免', /任免|任命|免职|提拔|干部(?:调整|选拔)/],
  ['分配', /绩效|工资|奖金|津贴|补贴方案|分配方案/],
  ['普通采购', /采购|购买|购置|添置|招标/, '抢险'],
];
/** 补报 items of this kind come up at the next meeting whatever the school's lead time. */
export const EMERGENCY = 'emergency-report';

const field = (name: string, label: string, required = true): CardField => ({ name, label, type: 'text', required });
const FIELDS: readonly CardField[] = [
  {
    name: 'kind',
    label: '情形',
    type: 'select',
    required: true,
    options: KINDS.map((value) => ({ value, label: value })),
  },
  field('what', '什么事'),
  field('when', '时间（什么时候发生、什么时候决定）'),
  field('decision', '临机作出的决定'),
  field('basis', '依据（本校议事规则、应急预案条款）'),
  field('cost', '花费（没有写“无”）'),
];

/** `/紧急`: records an emergency decision, tells the leadership at once, and has it reported at the next Party meeting. */
export function emergency(scene: Scene, said: Said): Reply {
  mustBe(
    hasRole(scene.by, 'secretary', 'principal', 'office'),
    '登记紧急处置',
    '书记、校长（临机决定由书记会同校长作出）或办公室',
  );
  const values = partsIn(said);
  mustBeEmergency(scene, values);
  const missing = FIELDS.filter((f) => !values[f.name]);
  if (missing.length > 0) return ask(values, missing);
  const item = report(scene, values);
  const listed = listNext(scene, item);
  tellLeaders(scene, listed.item, values);
  const where = listed.meeting
    ? `已列入${listed.meeting}补报。`
    : '已作为补报议题放进可列入的议题，下次党组织会议列入。';
  return {
    text: `已登记紧急处置 ${item.id}，已告诉班子成员。${where}需要向上级报告的，请按当地规定的时限先报（伤害等情形时限短）；这里的登记不代替报告。`,
    card: itemCard(scene, listed.item, scene.by),
  };
}

const PART = /(情形|什么事|事件|时间|决定|依据|花费)\s*[:：]\s*/g;
const PARTS: Readonly<Record<string, string>> = {
  情形: 'kind',
  什么事: 'what',
  事件: 'what',
  时间: 'when',
  决定: 'decision',
  依据: 'basis',
  花费: 'cost',
};

function partsIn({ words, values }: Said): Record<string, string> {
  const found: Record<string, string> = {};
  const marks = [...words.matchAll(PART)];
  const head = words.slice(0, marks[0]?.index).trim();
  marks.forEach((m, n) => {
    const end = marks[n + 1]?.index;
    found[PARTS[m[1]!]!] = words
      .slice(m.index + m[0].length, end)
      .replace(/[，,；;\s]+$/, '')
      .trim();
  });
  const kind = KINDS.find((k) => `${found['kind'] ?? ''} ${head}`.includes(k));
  const rest = head.replace(kind ?? '', '').trim();
  const filled = Object.entries(values).filter(([k, v]) => v.trim() !== '' && FIELDS.some((f) => f.name === k));
  return {
    ...(rest && { what: rest }),
    ...found,
    ...(kind && { kind }),
    ...Object.fromEntries(filled.map(([k, v]) => [k, v.trim()])),
  };
}

function mustBeEmergency(scene: Scene, values: Readonly<Record<string, string>>): void {
  const { kind, what = '', decision = '' } = values;
  if (kind !== undefined && !KINDS.some((k) => k === kind))
    throw new Refusal('no-emergency', `紧急处置只用于${KINDS.join('、')}；其他事请起草议题。`, [
      button('/议题', '起草议题'),
    ]);
  const never = NEVER.find(([, words, except]) => words.test(`${what} ${decision}`) && (!except || except !== kind));
  const matter = what === '' ? undefined : scene.rule(what).matter;
  const cadre = matter ? scene.kindOf(matter.id).cadre : false;
  if (never || cadre)
    throw new Refusal('never-urgent', `${never?.[0] ?? '干部任免'}不能用紧急处置，请照常起草议题、按程序上会。`, [
      button('/议题', '起草议题', 'primary'),
    ]);
}

function ask(values: Readonly<Record<string, string>>, missing: readonly CardField[]): Reply {
  const names = Object.fromEntries(Object.entries(PARTS).map(([zh, name]) => [name, zh]));
  const known = Object.entries(values).map(([k, v]) => `${names[k]}：${v}`);
  const text = `登记紧急处置，还要：${missing.map((f) => f.label).join('、')}。先处置、先报告，登记随后补。`;
  return {
    text,
    card: {
      title: '紧急处置登记',
      tone: 'warns',
      summary: text,
      sections: known.length > 0 ? [{ heading: '已有', lines: known }] : [],
      actions: [button(`/紧急 ${known.join('；')}`.trim(), '填写', 'primary', missing)],
    },
  };
}

/** The report as an item: no steps before it, heard by the next Party meeting. Persons' safety stays inside (procedure 4.5). */
function report(scene: Scene, values: Readonly<Record<string, string>>): AgendaItem {
  const ruled = scene.rule(values['what']!);
  const secret = values['kind'] === '人身安全' || ruled.confidentiality === 'committee_only';
  const ruling: ItemRuling = {
    decider: 'party_meeting',
    rulesVersion: ruled.rulesVersion,
    confidentiality: secret ? 'committee_only' : 'internal',
    cadre: false,
    large: false,
    category: '安全',
    facts: {},
    basis: [`紧急处置依据：${values['basis']}`],
    steps: [],
    postSteps: [],
  };
  const item = newItem(scene, {
    title: `关于${values['what']}紧急处置情况的报告`,
    state: 'ready',
    matter: { id: EMERGENCY, name: '紧急处置补报' },
    ruling,
    fields: {
      need_type: '听取汇报',
      urgency: '紧急',
      recusal: '无',
      decision_asked: `请听取并审议${values['what']}的紧急处置情况`,
      background: `情形：${values['kind']}；时间：${values['when']}；依据：${values['basis']}`,
      proposal: `临机决定：${values['decision']}；花费：${values['cost']}`,
    },
    legs: [{ body: 'party', act: 'reviews' }],
    gates: [],
    sponsor: scene.by.id,
    origin: scene.place,
  });

  scene.putItem(item);
  scene.did('report-emergency', item.id, { kind: values['kind'], at: momentText(scene.at) }, ruling.rulesVersion);
  return item;
}

/** On the agenda of the next Party meeting, where one is called. */
function listNext(scene: Scene, item: AgendaItem): { item: AgendaItem; meeting?: string } {
  const next = scene
    .all('meeting')
    .filter((m) => m.body === 'party' && m.state === 'called')
    .toSorted((a, b) => a.date.localeCompare(b.date))[0];
  if (!next) return { item };
  const listed = listOn(scene, item, next);
  const entry: Entry = {
    item: item.id,
    number: listed.number!,
    state: 'waiting',
    recused: [],
    opinions: [],
    [next.noticedAt === undefined ? 'late' : 'urgent']: '紧急处置补报',
  };
  scene.putMeeting({ ...next, agenda: [...next.agenda, entry] });
  scene.about = item.id;
  return { item: listed, meeting: `${next.number}（${dayText(next.date)}）` };
}

/** The Party leadership; the administration's too where the matter is not confidential. */
function tellLeaders(scene: Scene, item: AgendaItem, values: Readonly<Record<string, string>>): void {
  const secret = item.ruling.confidentiality === 'committee_only';
  const told = [
    ...scene.roster.of('party'),
    ...scene.roster.withRole('secretary', 'principal'),
    ...(secret ? [] : scene.roster.of('principal')),
  ];
  const text = `紧急处置通报 ${item.id}：${values['what']}（${values['kind']}，${values['when']}）。临机决定：${values['decision']}；依据：${values['basis']}；花费：${values['cost']}。下次党组织会议补报。`;
  for (const m of new Set(told))
    if (m !== scene.by) scene.tell(m.id, { text, card: itemCard(scene, item, m) }, item.id);
}
