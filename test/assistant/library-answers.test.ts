import { describe, expect, it } from 'vitest';
import { respond } from '../../src/assistant/respond.ts';
import { keepDocument, takeDocument, type Intake } from '../../src/assistant/take-document.ts';
import { documentReader } from '../../src/documents/read.ts';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { keepersFrom } from '../../src/entry/keepers.ts';
import { Shelves } from '../../src/library/shelves.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { savedIndexesOn } from '../../src/stores/saved-index.ts';
import { HEADINGS } from '../../src/wording/phrases.ts';
import { demoSchool, desk } from '../fakes/service.ts';
import { NOW, openDatabase, sent, webMember } from '../library/a-library.ts';
import { bytesOf } from '../library/make-files.ts';

const { book, lexicon } = await compiledKnowledge();
const TODAY = '2026-11-20';
const OFFICE = webMember('office');
const OBSERVATORY = `# 云岭实验学校校园天文台使用办法

（2025年8月20日校长办公会议通过）

## 第一章 总则

第一条 校园天文台由科学教研组管理。天文台钥匙由两名教师分别保管。

## 第二章 借用

第二条 望远镜借出不超过七日。借用人须填写登记簿。镜片不得自行拆洗。损坏的照价赔偿。

第三条 望远镜归还时由管理员当面验收。

第四条 本办法自2025年9月1日起施行。
`;
const TITLE = '云岭实验学校校园天文台使用办法';
const loans = (year: number, days: string) =>
  `云岭实验学校校园天文台办法\n（${year}年3月1日校长办公会议通过）\n第一条 望远镜借出不超过${days}日。\n第二条 本办法自${year}年9月1日起施行。`;

/** Schools with their shelves over one library: files go in and questions are answered as in the product. */
function start() {
  const db = openDatabase();
  const library = libraryOn(db);
  const shelves = new Shelves({ common: book.clauses, library, saved: savedIndexesOn(db), lexicon });
  const intake: Intake = { library, reader: documentReader, shelves, rolesOf: keepersFrom({}, true), now: () => NOW };
  const give = async (text: string, name = '办法.md', school = 'demo') => {
    const reply = await takeDocument(sent(name, bytesOf(text)), OFFICE, school, intake);
    return /doc_\w+/.exec(JSON.stringify(reply))![0];
  };
  const press = (verb: string, id: string, values: Record<string, string> = {}) =>
    keepDocument({ id: `document:${verb}:${id}`, values }, OFFICE, 'demo', intake);
  const ask = async (text: string, school = 'demo', day = TODAY) => {
    const turn = { text, school: { ...demoSchool, id: school }, day, dialogue: null };
    const turned = await respond(turn, desk, { shelf: () => shelves.of(school, NOW) });
    return { ...turned.answer!, reply: turned.reply };
  };
  return { give, press, ask };
}
/** The quotations of an answer: words in quotation marks with the title, place and level that follow them. */
const quotesIn = (answer: string) =>
  [...answer.matchAll(/“([^”]+)”——《([^》]+)》(.*)（([^（）]*)，原文(?:，标题、日期待确认)?）/g)].map((m) => ({
    words: m[1]!,
    title: m[2]!,
    place: m[3]!,
    level: m[4]!,
  }));
const sentencesOf = (words: string) => words.replaceAll('……', '').match(/[^。；！？]+[。；！？]?/g)!;

describe('a document given to the assistant', () => {
  it.each([
    ['天文台钥匙由谁保管', '天文台钥匙由两名教师分别保管。', /^第一章 总则 第一条/, '#a1'],
    ['望远镜借出多久', '望远镜借出不超过七日。', /^第二章 借用 第二条/, '#a2'],
    ['望远镜归还由谁验收', '望远镜归还时由管理员当面验收。', /^第二章 借用 第三条/, '#a3'],
  ])('is quoted for “%s” with its title, its clause and its level', async (question, words, place, key) => {
    const { give, ask } = start();
    const id = await give(OBSERVATORY);
    const answer = await ask(question);
    const quote = quotesIn(answer.answer).find((q) => q.words.includes(words));
    expect(quote).toMatchObject({ title: TITLE, place: expect.stringMatching(place), level: '学校做法' });
    expect(answer.citations).toContainEqual(
      expect.objectContaining({ id: id + key, title: TITLE, level: 'school', checked: 'original' }),
    );
  });
  it('is quoted sentence by sentence in its own words', async () => {
    const { give, ask } = start();
    await give(OBSERVATORY);
    const questions = ['天文台钥匙由谁保管', '望远镜借出多久', '望远镜镜片损坏赔偿', '望远镜归还由谁验收'];
    for (const question of questions) {
      const quotes = quotesIn((await ask(question)).answer);
      expect(quotes.length, question).toBeGreaterThan(0);
      for (const sentence of quotes.flatMap((q) => sentencesOf(q.words))) expect(OBSERVATORY).toContain(sentence);
    }
  });
  it('is quoted with the two sentences that answer, not with the whole clause', async () => {
    const { give, ask } = start();
    await give(OBSERVATORY);
    const quote = quotesIn((await ask('望远镜借出多久')).answer).find((q) => q.place.includes('第二条'));
    expect(quote!.words).toContain('望远镜借出不超过七日。');
    expect(sentencesOf(quote!.words)).toHaveLength(2);
  });
  it('shows what a quotation leaves out, and that nobody has looked the title over yet', async () => {
    const { give, ask, press } = start();
    const id = await give(OBSERVATORY);
    const { answer } = await ask('望远镜镜片损坏赔偿');
    expect(answer).toContain('……损坏的照价赔偿。”');
    expect(answer).toContain('标题、日期待确认');
    await press('confirm', id);
    expect((await ask('望远镜镜片损坏赔偿')).answer).not.toContain('待确认');
  });
  it('stands in the card as in the text, and the answer is called of low certainty', async () => {
    const { give, ask } = start();
    await give(OBSERVATORY);
    const { certainty, decider, outcome, party_meeting_required, reply } = await ask('望远镜借出多久');
    expect({ certainty, decider, outcome, party_meeting_required }).toEqual({
      certainty: 'low',
      decider: null,
      outcome: 'settled',
      party_meeting_required: null,
    });
    expect(reply.text).toContain('规则表没有专门写这件事，文件里是这样说的');
    expect(JSON.stringify(reply.card!.sections)).toContain('望远镜借出不超过七日。');
  });
  it('is quoted beside a ruling without changing it', async () => {
    const question = '招一名编外保安要上党委会吗';
    const bare = await start().ask(question);
    const { give, ask } = start();
    await give('云岭实验学校临时用工办法\n第一条 每招一名编外保安，先公示五日。', '保安.txt');
    const beside = await ask(question);
    expect(
      quotesIn(beside.answer)
        .map((q) => q.words)
        .join(),
    ).toContain('每招一名编外保安，先公示五日。');
    expect({ ...beside, answer: '', sections: [], citations: [], reply: null }).toEqual({
      ...bare,
      answer: '',
      sections: [],
      citations: [],
      reply: null,
    });
    expect(beside.sections[0]).toEqual(bare.sections[0]);
    expect(beside.citations).toEqual(expect.arrayContaining([...bare.citations]));
  });
  it('alone stands in quotation marks: our summaries of common clauses do not', async () => {
    const { ask } = start();
    const { sections } = await ask('教职工代表大会审议学校发展规划有什么规定');
    const lines = sections.find((s) => s.heading === HEADINGS.texts.zh)?.lines ?? [];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).not.toMatch(/^“|原文）$/);
  });
});

describe('documents of two levels', () => {
  const school = loans(2025, '七');
  const district = '甲县教育局天文台管理规定\n第一条 望远镜借出不超过三日。';
  const both = async () => {
    const started = start();
    await started.give(school, '学校.txt');
    await started.give(district, '教育局.txt');
    return started;
  };
  it('that differ in a figure are both shown, the higher first, and it is said which counts', async () => {
    const { answer } = await (await both()).ask('望远镜借出多久');
    expect(quotesIn(answer).map((q) => q.level)).toEqual(['区县', '学校做法']);
    expect(answer).toContain('几级文件说法不同：以上级文件为准');
  });
  it('are no conflict when the figure is the same', async () => {
    const { give, ask } = start();
    await give(school, '学校.txt');
    await give(district.replace('三日', '七日'), '教育局.txt');
    const { answer } = await ask('望远镜借出多久');
    expect(quotesIn(answer)).toHaveLength(2);
    expect(answer).not.toContain('说法不同');
  });
  it('are told apart when the question names the level', async () => {
    const { ask } = await both();
    expect(quotesIn((await ask('本校望远镜借出多久')).answer).map((q) => q.level)).toEqual(['学校做法']);
    expect(quotesIn((await ask('上级望远镜借出多久')).answer).map((q) => q.level)).toEqual(['区县']);
  });
});

describe('what no document covers', () => {
  it.each(['游泳池水温规定是多少', '帮我写首诗', '月球车轮胎换成什么颜色'])(
    'is said to be unknown, and nothing is quoted: %s',
    async (question) => {
      const { give, ask } = start();
      await give(OBSERVATORY);
      const answer = await ask(question);
      expect(answer).toMatchObject({ outcome: 'unruled', decider: null, party_meeting_required: null, citations: [] });
      expect(answer.answer).toContain('规则表里没有写到');
      expect(quotesIn(answer.answer)).toEqual([]);
      expect(answer.answer).not.toContain('天文台');
    },
  );
});

describe('a document that may not be quoted', () => {
  const question = '望远镜借出多久';
  const quoted = async (ask: ReturnType<typeof start>['ask'], school?: string, day?: string) =>
    quotesIn((await ask(question, school, day)).answer).map((q) => q.words);

  it('is one of another school', async () => {
    const { give, ask } = start();
    await give(loans(2024, '七'), '甲.txt', 'a');
    await give(loans(2025, '三'), '乙.txt', 'b');
    expect((await quoted(ask, 'a')).join()).toMatch(/^(?!.*三日).*七日/);
    expect((await quoted(ask, 'b')).join()).toMatch(/^(?!.*七日).*三日/);
    const third = await ask(question, 'c');
    expect(JSON.stringify(third)).not.toMatch(/云岭|七日|三日|doc_/);
  });
  it('is the older of two versions, in whichever order they came', async () => {
    for (const years of [
      [2024, 2025],
      [2025, 2024],
    ]) {
      const { give, ask } = start();
      for (const year of years) await give(loans(year, year === 2024 ? '七' : '三'), `${year}.txt`);
      const words = await quoted(ask);
      expect(words).toHaveLength(1);
      expect(words[0]).toContain('不超过三日');
    }
  });
  it('is the newer version while its day has not come: until then the older one is', async () => {
    const { give, ask } = start();
    await give(loans(2024, '七'), '旧.txt');
    await give(loans(2027, '三'), '新.txt');
    expect((await quoted(ask, 'demo', '2027-08-31')).join()).toContain('七日');
    expect((await quoted(ask, 'demo', '2027-09-01')).join()).toMatch(/^(?!.*七日).*三日/);
  });
  it('is one that was removed, until it is restored', async () => {
    const { give, press, ask } = start();
    const id = await give(loans(2025, '七'), '办法.txt');
    expect(await quoted(ask)).toHaveLength(1);
    await press('remove', id);
    expect(await quoted(ask)).toEqual([]);
    await press('restore', id);
    expect(await quoted(ask)).toHaveLength(1);
  });
  it('is one that has run out', async () => {
    const { give, press, ask } = start();
    const id = await give(loans(2025, '七'), '办法.txt');
    await press('correct', id, { effectiveUntil: '2026-06-01' });
    expect(await quoted(ask, 'demo', '2026-05-31')).toHaveLength(1);
    expect(await quoted(ask, 'demo', '2026-06-01')).toEqual([]);
  });
  it('does not take the older version’s place any more once it is removed', async () => {
    const { give, press, ask } = start();
    await give(loans(2024, '七'), '旧.txt');
    const fresh = await give(loans(2025, '三'), '新.txt');
    await press('remove', fresh);
    expect((await quoted(ask)).join()).toMatch(/^(?!.*三日).*七日/);
  });
});
