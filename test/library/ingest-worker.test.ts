import type { D1Database } from '@cloudflare/workers-types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestHarness } from 'wrangler';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { checksum } from '../../src/library/search/buffer.ts';
import { d1Database } from '../../src/stores/d1.ts';
import { savedIndexesOn } from '../../src/stores/saved-index.ts';
import { docxOf, run, wordParts, zipOf } from './make-files.ts';
import { encryptedPdf, page, pdfBomb, pdfOf, scannedPdf } from './make-pdfs.ts';

/** Word and PDF files as the deployed Worker reads them, under workerd with D1. */
const harness = createTestHarness({ root: ROOT, workers: [{ configPath: './wrangler.toml' }] });

beforeAll(async () => {
  await harness.listen();
  await harness.getWorker().applyD1Migrations('DB');
}, 120_000);
afterAll(() => harness.close());

const post = (path: string, body: unknown) =>
  harness.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
async function send(name: string, bytes: Uint8Array): Promise<string> {
  const file = { name, base64: Buffer.from(bytes).toString('base64') };
  const response = await post('/api/chat', { conversation: { id: 'office', kind: 'direct' }, from: 'office', file });
  return response.text();
}
const ask = async (question: string) =>
  ((await (await post('/api/ask', { question })).json()) as { answer: string }).answer;

const articles = (thing: string, days: string) => [
  `云岭实验学校${thing}使用办法`,
  '（2025年8月20日校长办公会议通过）',
  `第一条 ${thing}由科学教研组管理。`,
  `第二条 ${thing}借出不超过${days}日，逾期由借用人说明原因。`,
  '第三条 本办法自2025年9月1日起施行。',
];

it('reads a Word file and quotes it', async () => {
  expect(await send('办法.docx', await docxOf(articles('望远镜', '七')))).toContain('《云岭实验学校望远镜使用办法》');
  expect(await ask('望远镜借出多久')).toContain('望远镜借出不超过七日');
});

it('reads the text layer of a PDF and quotes it', async () => {
  expect(await send('办法.pdf', pdfOf([page(articles('显微镜', '五'), 1)]))).toContain(
    '《云岭实验学校显微镜使用办法》',
  );
  expect(await ask('显微镜借出多久')).toContain('显微镜借出不超过五日');
});

it.each([
  ['文字.docx', () => new TextEncoder().encode('不是 Word'), 'document-wrong-extension'],
  ['炸弹.docx', () => zipOf(wordParts(run('学'.repeat(12_000_000)))), 'document-bomb'],
  [
    '很长.docx',
    () => zipOf(wordParts(Array.from({ length: 60_000 }, (_, i) => run(`第${i}条 学校应当公开有关事项`)).join(''))),
    'document-too-costly',
  ],
  ['很大.txt', () => new Uint8Array(9 * 1024 * 1024).fill(97), 'document-too-costly'],
  ['扫描.pdf', () => scannedPdf(), 'document-no-text-layer'],
  ['密码.pdf', () => encryptedPdf(), 'document-encrypted'],
  ['炸弹.pdf', () => pdfBomb(64), 'document-'],
])('refuses %s with its code', async (name, make, code) => {
  expect(await send(name, make())).toContain(`（${code}`);
});

describe('the index in D1', () => {
  const open = async () => d1Database(((await harness.getWorker().getEnv()) as { DB: D1Database }).DB);

  it('was saved by the Worker, whole', async () => {
    await ask('望远镜借出多久');
    const db = await open();
    const saved = savedIndexesOn(db);
    const rows = await db.all<{ owner: string; name: string }>(
      'SELECT DISTINCT owner, name FROM search_segment ORDER BY owner',
    );
    expect([...new Set(rows.map((r) => r.owner))]).toEqual(['', 'demo']);
    const head = (await saved.head('demo'))!;
    const { marks, segments } = JSON.parse(head.slice(head.indexOf(' '))) as {
      marks: [string, string][];
      segments: { name: string }[];
    };
    expect(marks.map(([, mark]) => mark)).toEqual([
      expect.stringContaining('望远镜使用办法'),
      expect.stringContaining('显微镜使用办法'),
    ]);
    for (const { name } of segments) expect(checksum((await saved.segment('demo', name))!)).toBe(name);
  });

  it('takes a segment larger than a row, and drops what no head names after an hour', async () => {
    const db = await open();
    const saved = savedIndexesOn(db);
    const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => (i * 31) % 251);
    await saved.save('big', 'one', new Map([['a', bytes]]), ['a'], 0);
    expect(await saved.segment('big', 'a')).toEqual(bytes);
    await saved.save('big', 'two', new Map([['b', bytes.slice(0, 10)]]), ['b'], 1000);
    expect(await saved.segment('big', 'a')).toEqual(bytes);
    await saved.save('big', 'three', new Map(), ['b'], 3_600_001);
    expect([await saved.head('big'), await saved.segment('big', 'a')]).toEqual(['three', null]);
    expect(await saved.segment('big', 'b')).toEqual(bytes.slice(0, 10));
  });
});
