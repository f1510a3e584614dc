import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';
import { linesOf } from '../../src/entry/library/lines.ts';

/** What `library serve-jsonl` answers, line by line, to bytes sent in pieces of any size. */
async function served(input: string, piece = 1 << 16): Promise<{ lines: unknown[]; raw: string; code: number | null }> {
  const child = spawn(process.execPath, ['--no-warnings', 'src/entry/library.ts', 'serve-jsonl'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let raw = '';
  child.stdout.on('data', (chunk: Buffer) => (raw += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const bytes = Buffer.from(input);
  for (let at = 0; at < bytes.length; at += piece) child.stdin.write(bytes.subarray(at, at + piece));
  child.stdin.end();
  const code = await ended;
  return {
    lines: raw
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as unknown),
    raw,
    code,
  };
}
const line = (value: unknown) => `${JSON.stringify(value)}\n`;

describe('library serve-jsonl', () => {
  it('indexes, also in several goes, and finds', async () => {
    const { lines, code } = await served(
      line({ op: 'index', docs: [{ id: 'a', title: '食堂', text: '陪餐要做记录' }] }) +
        line({
          op: 'index',
          docs: [
            { id: 'b', title: '校服', text: '自愿购买' },
            { id: 3, title: null, text: '校车许可' },
          ],
        }) +
        line({ op: 'search', q: '校服要不要买', k: 1 }) +
        line({ op: 'search', q: '校车' }) +
        line({ k: 5, q: '陪餐', op: 'search' }).trimEnd(),
    );
    expect(lines).toEqual([{ ok: true }, { ok: true }, { ids: ['b'] }, { ids: ['3', 'b'] }, { ids: ['a'] }]);
    expect(code).toBe(0);
  });

  it('says what was wrong and goes on', async () => {
    const { lines } = await served(
      `not json\n\n${line({ op: 'dance' })}${line({ op: 'search' })}${line({ op: 'search', q: 'x', k: 0 })}${line({ op: 'index' })}${line({ op: 'index', docs: [5] })}` +
        `${line({
          op: 'index',
          docs: [
            { id: 'a', text: '校车' },
            { title: 'no id', text: 'x' },
          ],
        })}{"op":"index","docs":[{"id":"c",]}\nnull\n${line({ op: 'search', q: '校车' })}`,
    );
    const codes = lines.slice(0, -1).map((l) => (l as { error: { code: string } }).error.code);
    expect(codes).toEqual([
      'bad-json',
      'bad-request',
      'bad-request',
      'bad-request',
      'bad-request',
      'bad-request',
      'bad-request',
      'bad-json',
      'bad-request',
    ]);
    expect(lines.at(-1)).toEqual({ ids: [] });
  });

  it('takes a library in one line', async () => {
    const docs = Array.from({ length: 20_000 }, (_, i) => ({
      id: `d${i}`,
      title: `文件${i % 300}`,
      text: `第${i}条 学校应当建立安全管理制度{"[ ]"}，${'落实责任，'.repeat(i % 20)}编号${i}。`,
    }));
    const { lines } = await served(line({ op: 'index', docs }) + line({ op: 'search', q: '编号19999', k: 1 }));
    expect(lines).toEqual([{ ok: true }, { ids: ['d19999'] }]);
  });
});

describe('lines of a stream', () => {
  const docs = [
    { id: 'a', title: 'x"}', text: '一{[\\"二' },
    { id: 'b', tags: [{ docs: [1] }], text: '三' },
  ];
  const input = `{"op":"index", "docs" : [ ${docs.map((d) => JSON.stringify(d)).join(' , ')} ],"k":[{"z":1}]}\r\n{"q":"问","docs":[]}`;
  it.each([1, 2, 3, 7, 1000])('are the same in pieces of %i bytes', async (size) => {
    async function* pieces() {
      const bytes = Buffer.from(input);
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    const lines = await Array.fromAsync(linesOf(pieces()));
    expect(lines.map((l) => JSON.parse(l.rest))).toEqual([
      { op: 'index', docs: [], k: [{ z: 1 }] },
      { q: '问', docs: [] },
    ]);
    expect(lines[0]!.docs.map((d) => JSON.parse(new TextDecoder().decode(d)))).toEqual(docs);
  });
});

describe('library', () => {
  it('names its commands when it is given none', async () => {
    const child = spawn(process.execPath, ['--no-warnings', join('src', 'entry', 'library.ts'), 'nothing'], {
      cwd: ROOT,
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((done) => child.once('close', done));
    expect(code).toBe(2);
    expect(said).toContain('serve-jsonl');
  });
});
