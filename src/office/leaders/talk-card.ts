import type { Duty, TalkCard } from '../../domain/duty.ts';
import type { Member } from '../../domain/member.ts';
import type { Reply } from '../../domain/message.ts';
import { mustBe, type Said } from '../command.ts';
import { momentText } from '../dates.ts';
import { Refusal } from '../refusal.ts';
import { dutiesOf } from '../reminders/duties.ts';
import { periodOf, periodText } from '../reminders/periods.ts';
import { personally } from '../reminders/show.ts';
import type { Scene } from '../scene.ts';
import { talkButton } from './talk-fields.ts';

/** How the three parts are named in words: `主题：食堂 共识：公开招标 待议：预算`. */
const PART = /(主题|事项|共识|待议项?)\s*[:：]\s*/g;
const PARTS: Readonly<Record<string, keyof TalkCard>> = {
  主题: 'topics',
  事项: 'topics',
  共识: 'agreed',
  待议: 'later',
  待议项: 'later',
};
/** Words that judge a person: they stay out of the card. */
const JUDGES =
  /不称职|不胜任|能力(?:差|弱|不行|不足|强)|水平(?:低|差|高)|人品|品行|态度(?:差|不好|恶劣)|不听话|懒|自私|难相处|作风(?:差|不好|有问题)|印象(?:差|不好)/;

const START = /^(?:沟通)?(?:要点卡?|记录卡|经常性沟通|周沟通|card)\s*/i;
export const asksForCard = (words: string): boolean => START.test(words.trim());

const duty = (scene: Scene): Duty | undefined =>
  dutiesOf(scene.all('duty'), scene.school, scene.roster).find((d) => d.talk);

const talkers = (d: Duty): readonly string[] => [d.owner, ...(d.others ?? [])];
export const isTalker = (scene: Scene, member: Member): boolean => {
  const d = duty(scene);
  return d !== undefined && talkers(d).includes(member.id);
};

/** `/沟通 要点`: the cards of late and a form; with words or a form, a new card. Only those who talk see any of it. */
export function talkCard(scene: Scene, said: Said): Reply {
  const talk = duty(scene);
  if (!talk) throw new Refusal('no-talkers', '名册上没有书记，还不能记沟通要点。请先补全名册。');
  const names = talkers(talk).map((id) => scene.roster.nameOf(id));
  mustBe(talkers(talk).includes(scene.by.id), '沟通要点卡', names.join('、'));
  const card = cardIn(said);
  if (!card.topics) return personally(scene, shown(scene, talk, '请填沟通主题、共识和待议项。'));
  if (JUDGES.test(Object.values(card).join(' ')))
    throw new Refusal('judges', '要点卡只记主题、共识和待议项，不记对个人的评价。请改一下再发。', [talkButton()]);
  const period = periodOf(talk.every, scene.day);
  const entry = { period: period.key, by: scene.by.id, at: scene.at, talk: card };
  const next = { ...talk, done: [...talk.done, entry] };
  scene.put({ kind: 'duty', record: next, open: true });
  // The log says that they talked, never what about.
  scene.did('talk-card', talk.id, { period: period.key });
  for (const id of talkers(talk))
    if (id !== scene.by.id)
      scene.tell(id, {
        text: `${scene.by.name}记了一张沟通要点卡，请核对：\n${lineOf(scene, entry)}\n有出入请补记：/沟通 要点`,
      });
  return personally(
    scene,
    shown(scene, next, `已记下，${periodText(period)}的经常性沟通记为完成。只有${names.join('、')}能看到。`),
  );
}

function cardIn({ words, values }: Said): TalkCard {
  const parts: Record<string, string> = {};
  const rest = words.trim().replace(START, '');
  const marks = [...rest.matchAll(PART)];
  marks.forEach((m, n) => {
    parts[PARTS[m[1]!]!] = rest
      .slice(m.index + m[0].length, marks[n + 1]?.index)
      .replace(/[，,；;。\s]+$/, '')
      .trim();
  });
  if (marks.length === 0 && rest !== '') parts['topics'] = rest;
  const of = (name: keyof TalkCard): string => (values[name] ?? parts[name] ?? '').trim();
  return {
    topics: of('topics'),
    ...(of('agreed') && { agreed: of('agreed') }),
    ...(of('later') && { later: of('later') }),
  };
}

function lineOf(scene: Scene, { by, at, talk }: Duty['done'][number]): string {
  const { topics, agreed, later } = talk!;
  const parts = [`主题：${topics}`, ...(agreed ? [`共识：${agreed}`] : []), ...(later ? [`待议：${later}`] : [])];
  return `${momentText(at)} ${scene.roster.nameOf(by)}记　${parts.join('；')}`;
}

const MOST_SHOWN = 5;

function shown(scene: Scene, talk: Duty, text: string): Reply {
  const lines = talk.done
    .filter((d) => d.talk)
    .slice(-MOST_SHOWN)
    .map((d) => lineOf(scene, d));
  return {
    text: [text, ...lines].join('\n'),
    card: {
      title: '沟通要点卡',
      tone: 'neutral',
      summary: text,
      sections: lines.length > 0 ? [{ heading: '最近的要点', lines }] : [],
      actions: [talkButton()],
      footer: talk.basis ?? '',
    },
  };
}
