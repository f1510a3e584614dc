import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { receiveForLibrary } from '../../src/assistant/receive-for-library.ts';
import { keepDocument, takeDocument, type Intake, type Sender } from '../../src/assistant/take-document.ts';
import type { Reply } from '../../src/domain/message.ts';
import { documentReader } from '../../src/documents/read.ts';
import { keepersFrom } from '../../src/entry/keepers.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { ledgersOn } from '../../src/stores/ledger.ts';
import { sqliteDatabase } from '../../src/stores/sqlite.ts';
import { KEEPERS, startService } from '../fakes/service.ts';
import { added, inForce, NOW, open, rule, sent, webMember } from '../library/a-library.ts';
import { bytesOf } from '../library/make-files.ts';

const TEXT = `云岭实验学校校园天文台使用办法
（2025年8月20日校长办公会议通过）
第一条 校园天文台由科学教研组管理。
第二条 望远镜借出不超过七日，逾期由借用人说明原因。
第三条 本办法自2025年9月1日起施行。`;
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

/** The intake of one school library in memory, with a person sending and pressing. */
function start(school = 'demo') {
  const rolesOf = keepersFrom({}, true);
  const intake: Intake = { library: open(), reader: documentReader, rolesOf, now: () => NOW };
  const library = intake.library.forSchool(school);
  const send = (text: string | Uint8Array, from = 'office', name = '天文台.txt') =>
    takeDocument(sent(name, typeof text === 'string' ? bytesOf(text) : text), webMember(from), school, intake);
  const pressId = (id: string, from = 'office', values: Record<string, string> = {}, at = school) =>
    keepDocument({ id, values }, webMember(from), at, intake);
  const press = (reply: Reply, label: string, from?: string, values?: Record<string, string>) =>
    pressId(idOf(reply, label), from, values);
  return { library, send, press, pressId, quotable: async () => (await inForce(library, '2026-11-20')).length };
}
function idOf(reply: Reply, label: string): string {
  const action = reply.card?.actions.find((a) => a.label.includes(label));
  expect(action, `no button ${label} in ${JSON.stringify(reply)}`).toBeDefined();
  return action!.id;
}
const linesOf = (reply: Reply) => reply.card!.sections.flatMap((s) => s.lines);

describe('a file from someone who keeps the papers', () => {
  it.each(['office', 'secretary', 'principal', 'deputy_secretary'])('is taken from the %s', async (from) => {
    const { send, library } = start();
    expect((await send(TEXT, from)).text).toContain('已放进文件库：《云岭实验学校校园天文台使用办法》');
    expect(await library.list()).toMatchObject([{ state: 'added', name: '天文台.txt' }]);
  });
  it('comes back as a card with what was read, to be confirmed, corrected or removed', async () => {
    const reply = await start().send(TEXT);
    expect(reply.card).toMatchObject({ title: '《云岭实验学校校园天文台使用办法》', tone: 'asks' });
    expect(reply.card!.actions.map((a) => [a.label, a.style])).toEqual([
      ['信息没错，确认', 'primary'],
      ['改一改再确认', 'default'],
      ['放错了，移除', 'danger'],
    ]);
    expect(linesOf(reply)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('日期：2025-08-20'),
        expect.stringContaining('施行：2025-09-01'),
        '失效：没有读到',
        '层级：学校做法',
      ]),
    );
  });
  it('marks what was guessed, not what the text states', async () => {
    const lines = linesOf(await start().send(TEXT));
    expect(lines.find((l) => l.startsWith('标题：'))).toContain('（推断，请核对）');
    expect(lines.find((l) => l.startsWith('施行：'))).toBe('施行：2025-09-01');
  });
  it('says which older version gives way, and from when', async () => {
    const { send } = start();
    await send(rule(2023));
    expect(linesOf(await send(rule(2025))).join()).toContain('旧版自 2025-09-01 起不再引用，仍保留在库里');
  });
  it('says when the library has a newer version already', async () => {
    const { send } = start();
    await send(rule(2025));
    expect(linesOf(await send(rule(2023))).join()).toContain('库里已有更新的一版，这一份作为旧版保存');
  });
  it('is not taken twice', async () => {
    const { send, library } = start();
    await send(TEXT);
    const again = await send(TEXT, 'principal', '换个名字.txt');
    expect(again.text).toContain('这份文件已经在库里了：《云岭实验学校校园天文台使用办法》');
    expect(again.card).toBeUndefined();
    expect(await library.list()).toHaveLength(1);
  });
});

describe('the buttons', () => {
  it('confirm: keeps the document as it was read', async () => {
    const { send, press, library } = start();
    expect((await press(await send(TEXT), '确认')).text).toContain('已确认');
    expect(await library.list()).toMatchObject([{ state: 'confirmed', effectiveFrom: '2025-09-01' }]);
  });
  it('correct: takes what was filled in and leaves the blank fields as they were read', async () => {
    const { send, press, library } = start();
    const values = { title: ' 云岭天文台办法 ', issuer: '  ', effectiveFrom: '2025-10-01' };
    await press(await send(TEXT), '改一改', 'office', values);
    expect(await library.list()).toMatchObject([
      { state: 'confirmed', title: '云岭天文台办法', issued: '2025-08-20', effectiveFrom: '2025-10-01' },
    ]);
  });
  it('correct: refuses a day that is none and says how to write it', async () => {
    const { send, press, library } = start();
    const reply = await press(await send(TEXT), '改一改', 'office', { effectiveFrom: '2025年9月' });
    expect(reply.text).toContain('施行日期要写成 2024-09-01 这样，收到的是 2025年9月');
    expect(await library.list()).toMatchObject([{ state: 'added', effectiveFrom: '2025-09-01' }]);
  });
  it('remove: takes it out of answers, and restore brings it back', async () => {
    const { send, press, quotable } = start();
    const sent = await send(TEXT);
    const removed = await press(sent, '移除');
    expect(removed.text).toContain('已移除，不再引用，随时可以恢复');
    expect(await quotable()).toBe(0);
    expect((await press(removed, '恢复')).text).toContain('已恢复');
    expect(await quotable()).toBe(1);
  });
  it('say so when pressed too late: what is removed is not confirmed, nor removed again', async () => {
    const { send, press, quotable } = start();
    const sent = await send(TEXT);
    await press(sent, '移除');
    expect((await press(sent, '信息没错')).text).toBe('这份文件已移除，请先恢复。');
    expect((await press(sent, '移除')).text).toBe('这份文件已经移除了。');
    expect(await quotable()).toBe(0);
  });
  it('say so for a document that the library does not have', async () => {
    expect((await start().pressId('document:confirm:doc_none')).text).toContain('库里没有 doc_none');
  });
  it('do nothing to the document of another school, and do not tell its name', async () => {
    const { send, pressId, library } = start();
    const sent = await send(TEXT);
    for (const label of ['信息没错', '移除']) {
      const reply = await pressId(idOf(sent, label), 'office', {}, 'other');
      expect(reply.text).toContain('库里没有');
      expect(reply.text).not.toContain('天文台');
    }
    expect(await library.list()).toMatchObject([{ state: 'added' }]);
  });
});

describe('someone without the role', () => {
  it.each(['teacher', 'dean', 'vice_principal', 'union', 'discipline', 'nobody'])(
    'puts nothing into the library: %s',
    async (from) => {
      const { send, library } = start();
      const reply = await send(TEXT, from);
      expect(reply.text).toContain('由书记、校长、专职副书记或办公室主任来做');
      expect(reply.card).toBeUndefined();
      expect(await library.list()).toEqual([]);
    },
  );
  it('presses no button of another’s card: confirm, remove and restore are refused', async () => {
    const { send, press, library, quotable } = start();
    const sent = await send(TEXT);
    for (const label of ['信息没错', '改一改', '移除'])
      expect((await press(sent, label, 'teacher', { title: '假的' })).text).toContain('请把文件发给办公室主任');
    expect(await library.list()).toMatchObject([{ state: 'added', title: '云岭实验学校校园天文台使用办法' }]);
    const removed = await press(sent, '移除');
    expect((await press(removed, '恢复', 'teacher')).text).toContain('请把文件发给办公室主任');
    expect(await quotable()).toBe(0);
  });
});

describe('someone with the role, but not the sender', () => {
  it('the deputy secretary confirms what they have sent themselves, and nothing of another’s', async () => {
    const { send, press, library } = start();
    const own = await send(TEXT, 'deputy_secretary');
    const another = await send(rule(2025), 'office');
    for (const label of ['信息没错', '改一改', '移除'])
      expect((await press(another, label, 'deputy_secretary', { title: '假的' })).text).toContain(
        '这份文件是别人放进来的',
      );
    expect((await press(own, '信息没错', 'deputy_secretary')).text).toContain('已确认');
    expect((await library.list()).map((d) => [d.addedBy, d.state])).toEqual([
      ['web::deputy_secretary', 'confirmed'],
      ['web::office', 'added'],
    ]);
  });
  it.each(['office', 'secretary', 'principal'])('the %s confirms whatever was sent', async (from) => {
    const { send, press } = start();
    expect((await press(await send(TEXT, 'deputy_secretary'), '信息没错', from)).text).toContain('已确认');
  });
  it('nobody but the office, the secretary and the principal confirms what came by command', async () => {
    const { library, pressId } = start();
    const { document } = await added(library, TEXT);
    const confirm = `document:confirm:${document.id}`;
    expect((await pressId(confirm, 'deputy_secretary')).text).toContain('这份文件是别人放进来的');
    expect((await pressId(confirm, 'principal')).text).toContain('已确认');
  });
});

describe('a file from a platform', () => {
  const from: Sender = { platform: 'feishu', app: 'cli_1', id: 'ou_keeper' };
  const intakeFor = (rolesOf = keepersFrom(KEEPERS, true)): Intake => ({
    library: open(),
    reader: documentReader,
    rolesOf,
    now: () => NOW,
  });
  it('is sent to the direct chat from a group, unfetched', async () => {
    const file = { name: 'a.docx', fetch: () => Promise.reject(new Error('fetched')) };
    expect(await receiveForLibrary({ from, chat: 'group', file }, 'demo', intakeFor())).toEqual({
      text: '文件请私聊发给我：群里不是人人都能看的地方。',
    });
  });
  it('is refused by its declared size, unfetched', async () => {
    const file = { name: 'a.docx', size: 21 * 1024 * 1024, fetch: () => Promise.reject(new Error('fetched')) };
    expect((await receiveForLibrary({ from, chat: 'direct', file }, 'demo', intakeFor()))!.text).toContain(
      '没有下载。请压缩里面的图片，或分成几份再发。（document-too-large）',
    );
  });
  it('has the roles that the register of the school gives its sender', async () => {
    const ledgers = ledgersOn(sqliteDatabase(':memory:', join(ROOT, 'migrations')));
    const ledger = ledgers.forSchool('demo');
    const accounts = [{ platform: 'feishu', app: 'cli_1', user: 'ou_bound' }] as const;
    const record = {
      id: 'fang',
      name: '方主任',
      title: '办公室主任',
      roles: ['office'],
      bodies: [],
      accounts,
    } as const;
    const { head } = await ledger.show();
    const put = { kind: 'member', record, open: true } as const;
    await ledger.commit({
      head,
      at: NOW,
      puts: [put],
      deeds: [{ by: 'system', act: 'bind', about: 'fang' }],
      sends: [],
    });
    const rolesOf = keepersFrom({}, false, ledgers);
    const of = (over: Partial<Sender>, school = 'demo') => rolesOf({ ...from, id: 'ou_bound', ...over }, school);
    expect(await of({})).toEqual(['office']);
    expect([await of({ app: 'cli_2' }), await of({ id: 'fang' }), await of({}, 'other')]).toEqual([[], [], []]);
  });
  it('an account that is merely called like a role has none', async () => {
    const rolesOf = keepersFrom({}, true);
    expect(await rolesOf({ ...from, id: 'office' }, 'demo')).toEqual([]);
    expect(await rolesOf(from, 'demo')).toEqual([]);
    expect(await keepersFrom(KEEPERS, false)(webMember('office'), 'demo')).toEqual([]);
    expect(() => keepersFrom({ YISHI_KEEPERS: 'ou_keeper' }, false)).toThrow('YISHI_KEEPERS 里的 ou_keeper 不对');
  });
});

describe('a file that cannot be taken', () => {
  it.each([
    ['空.txt', bytesOf(''), '文件里没有文字'],
    ['空白.md', bytesOf(' \n\n '), '文件里没有文字'],
    ['照片.png', PNG, '这是图片，没有文字'],
    ['坏.pdf', bytesOf('%PDF-1.7 坏'), '文件已损坏或不完整'],
    ['办法.docx', bytesOf(TEXT), '文件内容与扩展名不符'],
  ])('%s gets a sentence that says what to do, and nothing is kept', async (name, bytes, says) => {
    const { send, library } = start();
    const reply = await send(bytes, 'office', name);
    expect(reply.text).toMatch(/^没有放进去：/);
    expect(reply.text).toContain(says);
    expect(reply.text).toMatch(/请.*（document-[a-z-]+）$/);
    expect(reply.card).toBeUndefined();
    expect(await library.list()).toEqual([]);
  });
});

describe('in the web chat', () => {
  const base64 = Buffer.from(TEXT).toString('base64');
  const file = { name: '天文台.txt', base64 };
  const direct = { id: 'office', kind: 'direct' };
  const group = { id: 'g-committee', kind: 'group' };
  const chat = async (service: ReturnType<typeof startService>, body: object) => {
    const response = await service.post('/api/chat', { conversation: direct, from: 'office', ...body });
    return { status: response.status, body: (await response.json()) as { replies: Reply[] } };
  };
  const ask = async (service: ReturnType<typeof startService>) =>
    ((await (await service.post('/api/ask', { question: '望远镜借出多久' })).json()) as { answer: string }).answer;

  it('a file in a group is sent to the direct chat: nothing of it is said there or kept', async () => {
    const service = startService();
    const { body } = await chat(service, { conversation: group, file });
    expect(body.replies).toMatchObject([{ to: group, text: '文件请私聊发给我：群里不是人人都能看的地方。' }]);
    expect(JSON.stringify(body)).not.toMatch(/天文台|望远镜|document:/);
    expect(await ask(service)).not.toContain('望远镜借出不超过七日');
  });
  it('a button of the library is not answered in a group', async () => {
    const { body } = await chat(startService(), { conversation: group, action: { id: 'document:remove:doc_1' } });
    expect(body.replies).toMatchObject([{ to: group, text: '文件请私聊发给我：群里不是人人都能看的地方。' }]);
  });
  it('what is sent directly is quoted at once, and no longer once removed', async () => {
    const service = startService();
    const before = await ask(service);
    const { body } = await chat(service, { file });
    expect(before).not.toContain('望远镜借出不超过七日');
    expect(await ask(service)).toContain('望远镜借出不超过七日');
    const removed = await chat(service, { action: { id: idOf(body.replies[0]!, '移除') } });
    expect(await ask(service)).not.toContain('望远镜借出不超过七日');
    await chat(service, { action: { id: idOf(removed.body.replies[0]!, '恢复') } });
    expect(await ask(service)).toContain('望远镜借出不超过七日');
  });
  it('bytes that are no base64 are refused with a code', async () => {
    const { status, body } = await chat(startService(), { file: { name: '天文台.txt', base64: '***' } });
    expect(status).toBe(400);
    expect(body).toEqual({ error: { code: 'invalid-field', message: '文件内容不是 base64。' } });
  });
});
