import { type Away, awayOn } from '../../domain/away.ts';
import type { Body, Member } from '../../domain/member.ts';
import { hasRole } from '../../domain/member.ts';
import type { CardField, Reply } from '../../domain/message.ts';
import { button, mustBe, type Said } from '../command.ts';
import { dayIn, dayText } from '../dates.ts';
import { deputies } from '../meetings/presiding.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';

const bodyOf = (member: Member): Body => (hasRole(member, 'secretary') ? 'party' : 'principal');
const span = (a: Pick<Away, 'from' | 'until'>): string =>
  a.from === a.until ? dayText(a.from) : `${dayText(a.from)}至${dayText(a.until)}`;

/**
 * `/外出 11月25日 到 11月27日 参加培训 主持：何副校长`: secretary or principal say when they are away and who chairs meanwhile;
 * each tells the other (procedure 3.3). `/外出` alone shows who is away; `/外出 取消` takes it back.
 */
export function away(scene: Scene, said: Said): Reply {
  const words = said.words.trim();
  const given = Object.values(said.values).some((v) => v.trim() !== '');
  if (words === '' && !given) return list(scene);
  mustBe(hasRole(scene.by, 'secretary', 'principal', 'office'), '登记外出', '书记、校长（办公室可以代为登记）');
  const { who, rest } = whoIn(scene, words, said.values['member']);
  if (/^(?:取消|撤销)/.test(rest)) return cancel(scene, who);
  const days = daysIn(scene, rest, said.values);
  const acting = actingIn(scene, who, said.values['acting'] ?? days.rest);
  if (!days.from || !acting) return ask(scene, who, rest, !days.from, !acting);
  const until = days.until ?? days.from;
  if (days.from < scene.day || until < days.from)
    throw new Refusal('bad-days', `外出日期要从今天（${dayText(scene.day)}）起，且先后对得上。`);
  const why = (said.values['why'] ?? days.rest.replace(/(?:临时)?主持(?:人)?\s*[:：]?\s*\S+/, ''))
    .replace(/^[\s到至，,、。-]+|[\s，,、。]+$/g, '')
    .trim();
  const record: Away = {
    id: `${who.id}/${days.from}`,
    member: who.id,
    from: days.from,
    until,
    why: why || '外出',
    acting: acting.id,
  };
  scene.put({ kind: 'away', record, open: true });
  scene.did('go-away', record.id, { from: record.from, until, acting: acting.id });
  return told(scene, who, acting, record);
}

const current = (scene: Scene): readonly Away[] =>
  scene.all('away').filter((a) => !a.cancelled && a.until >= scene.day);

/** Who chairs a body's meeting on a day while its chair is away. */
export function actingChair(scene: Scene, body: Body, day: string): Away | undefined {
  const chair = scene.roster.chairOf(body);
  return chair && awayOn(current(scene), chair.id, day);
}

function list(scene: Scene): Reply {
  const lines = current(scene).map(
    (a) => `${scene.roster.nameOf(a.member)}：${span(a)}，${a.why}；临时主持${scene.roster.nameOf(a.acting)}`,
  );
  const mine = hasRole(scene.by, 'secretary', 'principal');
  const text = lines.length > 0 ? `外出登记：\n${lines.join('\n')}` : '书记、校长现在没有登记外出。';
  return {
    text,
    ...(mine && {
      card: {
        title: '外出登记',
        tone: 'neutral' as const,
        summary: text,
        sections: [],
        actions: [button('/外出', '登记外出', 'primary', fields(scene, scene.by))],
      },
    }),
  };
}

function whoIn(scene: Scene, words: string, given: string | undefined): { who: Member; rest: string } {
  const leaders = scene.roster.withRole('secretary', 'principal');
  const named = leaders.find((m) => given === m.id || words.startsWith(m.name));
  const self = leaders.includes(scene.by) ? scene.by : undefined;
  const who = named ?? self;
  if (!who)
    throw new Refusal(
      'who-goes',
      `谁外出？例如“/外出 ${leaders[0]?.name ?? '书记'} 11月25日 到 11月27日 主持：副书记”。`,
    );
  if (self && who !== self) throw new Refusal('not-yours', '只能登记自己的外出；别人的由本人或办公室登记。');
  return { who, rest: words.startsWith(who.name) ? words.slice(who.name.length).trim() : words };
}

function daysIn(scene: Scene, words: string, values: Readonly<Record<string, string>>) {
  const first = dayIn(values['from'] || words, scene.day);
  const rest = values['from'] ? words : (first?.rest ?? words);
  const second = dayIn(values['until'] || rest, scene.day);
  const [from, until] = [first?.day, second?.day].filter((d) => d !== undefined).toSorted();
  return { from, until, rest: values['until'] ? rest : (second?.rest ?? rest) };
}

/** Named after 主持, among those who may chair in the other's stead. */
function actingIn(scene: Scene, who: Member, words: string): Member | undefined {
  const could = standIns(scene, who);
  const named = /主持(?:人)?\s*[:：]?\s*(\S+?)(?=[\s，,。；;]|$)/.exec(words)?.[1] ?? words.trim();
  return could.find((m) => named === m.id || named === m.name || named.startsWith(m.name));
}
const standIns = (scene: Scene, who: Member): readonly Member[] =>
  deputies(scene, bodyOf(who), (m) => m !== who && !awayOn(current(scene), m.id, scene.day)).filter(
    (m) => m.bodies.length > 0,
  );

function fields(scene: Scene, who: Member): readonly CardField[] {
  const could = standIns(scene, who).map((m) => ({ value: m.id, label: m.name }));
  return [
    { name: 'from', label: '从', type: 'date', required: true },
    { name: 'until', label: '到', type: 'date', required: true },
    { name: 'why', label: '事由', type: 'text', required: true },
    { name: 'acting', label: '临时主持人', type: 'select', options: could, required: true },
  ];
}

function ask(scene: Scene, who: Member, rest: string, day: boolean, acting: boolean): Reply {
  const text = `登记${who.name}外出，还要${[...(day ? ['日期'] : []), ...(acting ? ['临时主持人'] : [])].join('、')}。`;
  const missing = fields(scene, who).filter((f) => (f.name === 'acting' ? acting : day));
  return {
    text: `${text}例如“/外出 11月25日 到 11月27日 参加培训 主持：${standIns(scene, who)[0]?.name ?? '副书记'}”。`,
    card: {
      title: '外出登记',
      tone: 'asks',
      summary: text,
      sections: [],
      actions: [button(`/外出 ${who.name} ${rest}`.trim(), '填写', 'primary', missing)],
    },
  };
}

/** The other of the two, the one who chairs, the deputy secretary and the office. */
function told(scene: Scene, who: Member, acting: Member, a: Away): Reply {
  const others = [...scene.roster.withRole('secretary', 'principal', 'deputy_secretary', 'office'), acting];
  const text = `${who.name}外出告知：${span(a)}，${a.why}；这期间由${acting.name}临时主持。`;
  for (const m of new Set(others)) if (m !== scene.by && m !== who) scene.tell(m.id, { text });
  if (who !== scene.by) scene.tell(who.id, { text });
  const called = scene
    .all('meeting')
    .filter((m) => m.state === 'called' && m.chair === who.id && a.from <= m.date && m.date <= a.until);
  const now = called.map((m) => `${m.number}（${dayText(m.date)}）还写着${who.name}主持，要换请按下面的按钮。`);
  return {
    text: [`已登记并告知班子：${text}`, ...now].join('\n'),
    card: {
      title: '外出登记',
      tone: 'settled',
      summary: text,
      sections: now.length > 0 ? [{ heading: '已召集的会议', lines: now }] : [],
      actions: [
        ...called.map((m) => button(`/会议 ${m.id} 主持 ${acting.name}`, `${m.id} 由${acting.name}主持`, 'primary')),
        button(`/外出 ${who.name} 取消`, '取消外出', 'danger'),
      ],
    },
  };
}

function cancel(scene: Scene, who: Member): Reply {
  const mine = current(scene).filter((a) => a.member === who.id);
  if (mine.length === 0) throw new Refusal('not-away', `${who.name}没有登记外出。`);
  for (const record of mine) {
    scene.put({ kind: 'away', record: { ...record, cancelled: true }, open: false });
    scene.did('come-back', record.id);
  }
  return { text: `已取消${who.name}的外出登记（${mine.map(span).join('、')}）。已换过主持人的会议请另行改回。` };
}
