import type { Answer } from '../../assistant/answer.ts';
import type { CardAction, Reply } from '../../domain/message.ts';
import { button } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { draft } from './draft-item.ts';
import { fieldsIn } from './item-fields.ts';
import { commandOf, type Request, requestIn, withChoice } from './request.ts';
import { ITEM_STATES } from './item-card.ts';
import { maySeeItem } from './may.ts';
import { readFields } from './read-fields.ts';
import { englishBudget, subjectIn, subjectOf, titleOf } from './title.ts';

/** Starts an agenda item from a sentence, once the rules have settled who decides; otherwise asks the one thing that settles it. */
export function raiseItem(
  scene: Scene,
  words: string,
  given: Readonly<Record<string, string>> = {},
  quoted: string = '',
): Reply {
  const request = requestIn(words);
  const stated = fieldsIn(request.words);
  const quote = fieldsIn(quoted);
  const fields = readFields({ ...quote.fields, ...stated.fields });
  const rest = stated.rest || quote.rest;
  if (stated.rest && quote.rest && fields['background'] === undefined) fields['background'] = quote.rest;
  if ([...subjectOf(rest)].length < 2)
    throw new Refusal('no-subject', '请在 /议题 后面写上要提什么事，例如“/议题 更换食堂承包商 预算60万”。');
  const chinese = /[\u3400-\u9fff]/.test(rest);
  const sum = given['amount'] ?? fields['amount'] ?? (chinese ? undefined : englishBudget(rest));
  const facts = { ...factsOf(request.facts), ...(sum && { amount: sum }) };
  const asked = scene.rule(rest, facts, request.matter);
  // The form is a Chinese paper: what was asked in another language is worded in Chinese.
  const answer = chinese || !asked.matter ? asked : scene.rule('提交会议研究', asked.facts, asked.matter.id);
  // Which matter it is may be chosen; that the words speak of something confidential may not be chosen away.
  const hushed = request.matter !== undefined && mayBeConfidential(scene, scene.rule(rest, facts));
  const { title, ...filled } = { ...amountOf(answer), ...fields, ...readFields(given) };
  const subject = subjectFor(title, chinese ? subjectOf(rest, filled.amount !== undefined) : answer.matter?.name, rest);
  if (!chinese) filled['background'] = [rest, filled['background'] ?? ''].filter(Boolean).join('\n');
  if (request.body && answer.outcome === 'unruled') return unlistedMatter(scene, request, subject, filled, answer);
  if (answer.outcome !== 'settled' || !answer.matter || answer.matters.length !== 1)
    return askFirst(scene, request, answer);
  if (answer.decider === 'prohibited') throw new Refusal('prohibited', `这件事不能上会，也不列议题。${answer.answer}`);
  if (answer.decider === 'individual' && request.body === undefined) throw notForMeeting(request, answer);
  if (request.facts['again'] === undefined) mustBeNew(scene, request, answer, subject);
  const afterwards = answer.decider === 'individual' && request.body === 'party';
  const kept = hushed ? { ...answer, confidentiality: 'committee_only' as const } : answer;
  return draft(scene, afterwards ? { ...kept, decider: 'party_meeting' } : kept, subject, filled);
}

const subjectFor = (title: string | undefined, found: string | undefined, words: string): string =>
  title ? subjectIn(title) : (found ?? subjectOf(words));

/** Done by a person within his or her duties; what cannot wait is dealt with first, and a meeting looks at it afterwards. */
const notForMeeting = (request: Request, answer: Answer): Refusal =>
  answer.matter!.id === 'major-emergency'
    ? new Refusal('act-first', `先处置、先报告，不要等开会。\n${answer.answer}`, [
        button(withChoice(request, 'body', 'party'), '处置后：善后、整改提交党组织会议'),
      ])
    : new Refusal('no-meeting-needed', `这件事按分工由个人审批，不用上会。\n${answer.answer}`, [
        button(withChoice(request, 'body', 'principal'), '仍要提交校长办公会议'),
      ]);

/** One matter, one item: what is already on its way is shown instead of being drafted twice. */
function mustBeNew(scene: Scene, request: Request, answer: Answer, subject: string): void {
  const same = scene
    .all('item')
    .find(
      (i) =>
        i.matter.id === answer.matter!.id &&
        i.title === titleOf(subject) &&
        i.state !== 'decided' &&
        i.state !== 'withdrawn',
    );
  if (!same || !maySeeItem(scene.by, same, scene.roster)) return;
  throw new Refusal(
    'same-item',
    `这件事已经有议题 ${same.id}（${ITEM_STATES[same.state]}），一事一议，不用再起一个。`,
    [
      button(`/议题 ${same.id}`, `看 ${same.id}`, 'primary'),
      button(withChoice(request, 'again', '1'), '不是一回事，另起一个'),
    ],
  );
}

const factsOf = (facts: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([k, v]) => [k, v === 'true' ? true : v === 'false' ? false : v]));

const amountOf = (answer: Answer): Record<string, string> => {
  const { amount } = answer.facts;
  return typeof amount === 'number' ? { amount: String(amount) } : {};
};

/** Several things in one sentence, or one that may be understood in several ways. */
const whichOf = (choices: readonly CardAction[]): string => {
  const words = new Set(choices.map((c) => c.id.replace(/\{[^}]*\}/, '')));
  return words.size > 1
    ? `一事一议：这里像是${choices.length}件事，先提哪一件？`
    : '先确认一点再起草：说的是哪一类事？';
};

/** The request with only the words about one of its matters, where they stand apart. */
function onlyAbout(scene: Scene, request: Request, matter: string): Request {
  const parts = request.words
    .split(/[，,；;。]+/)
    .map((part) => part.replace(/^\s*(?:再|还要|还有|另外|并且|以及|同时)+/, '').trim());
  const own = parts.find((part) => part.length > 2 && scene.rule(part).matters.some((m) => m.id === matter));
  return own ? { ...request, words: own } : request;
}

/** Whether any of the matters it may turn out to be is spoken of only among those who deal with it. */
function mayBeConfidential(scene: Scene, answer: Answer): boolean {
  const options = answer.questions[0]?.fact === 'matter' ? answer.questions[0].options : [];
  const ids = [...answer.matters.map((m) => m.id), ...options.map((o) => String(o.value))];
  return answer.confidentiality === 'committee_only' || ids.some((id) => scene.kindOf(id).confidential);
}

/** What keeps the ruling from being settled, as one question with its choices. */
function askFirst(scene: Scene, request: Request, answer: Answer): Reply {
  const [question] = answer.questions;
  const several = answer.matters.length > 1 ? answer.matters : [];
  const money = question?.fact === 'amount';
  const choices = several.length
    ? several.map((m) => button(withChoice(onlyAbout(scene, request, m.id), 'matter', m.id), m.name))
    : money
      ? [
          button(commandOf(request), '填金额', 'primary', [
            { name: 'amount', label: '金额（元）', type: 'number', required: true },
          ]),
        ]
      : (question?.options ?? []).map((o) => button(withChoice(request, question!.fact, String(o.value)), o.label));
  const leader = scene.by.roles.some((r) => r === 'office' || r === 'secretary' || r === 'principal');
  const unruled = answer.outcome === 'unruled' && choices.length === 0 && leader;
  const bodies = unruled
    ? [
        button(withChoice(request, 'body', 'principal'), '提交校长办公会议'),
        button(withChoice(request, 'body', 'party'), '提交党组织会议'),
      ]
    : [];
  const text = several.length
    ? whichOf(choices)
    : question
      ? `先确认一点再起草：${question.text}`
      : `${answer.answer}\n${unruled ? '规则里没有写到的，请您定提交哪个会议：' : '请换个说法，或请办公室确认由哪个会议研究后再提。'}`;
  const reply: Reply = {
    text,
    card: { title: '起草议题', tone: 'asks', summary: text, sections: [], actions: [...choices, ...bodies] },
  };
  // Nothing is written yet, so the frame cannot know that the matter is confidential: said here.
  if (scene.place.kind !== 'group' || !mayBeConfidential(scene, answer)) return reply;
  scene.tell(scene.by.id, reply);
  return { text: '这件事不在群里说，已经私聊您。' };
}

/** A matter no rule names: a leader has taken it on to say which meeting; the item says so. */
function unlistedMatter(
  scene: Scene,
  request: Request,
  subject: string,
  fields: Record<string, string>,
  answer: Answer,
): Reply {
  if (!scene.by.roles.some((r) => r === 'office' || r === 'secretary' || r === 'principal'))
    throw new Refusal('not-yours', '规则里没有写到的事，由书记、校长或办公室主任定提交哪个会议。');
  const decider = request.body === 'party' ? 'party_meeting' : 'principal_meeting';
  const note = `规则里没有写到，由${scene.by.name}定提交${request.body === 'party' ? '党组织会议' : '校长办公会议'}（待核）`;
  return draft(
    scene,
    { ...answer, decider, matter: { id: 'unlisted', name: '未列入清单的事项' }, citations: [] },
    subject,
    fields,
    note,
  );
}
