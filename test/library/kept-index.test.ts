import { describe, expect, it } from 'vitest';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { Shelves } from '../../src/library/shelves.ts';
import { removeDocument, restoreDocument, confirmDocument } from '../../src/library/keep-documents.ts';
import type { Database } from '../../src/ports/database.ts';
import type { LibraryStore } from '../../src/ports/library.ts';
import { libraryOn } from '../../src/stores/library.ts';
import { savedIndexesOn } from '../../src/stores/saved-index.ts';
import { added, NOW, openDatabase, rule } from './a-library.ts';

const { book, lexicon } = await compiledKnowledge();
const DAY = '2026-11-20';
const QUESTIONS = ['望远镜借出几天', '校服由谁选购', '书记和校长意见不一致', '捐赠', '编外人员'];

/** A school's shelf over one database; each `start` is a new process, and says what it had to read. */
function school(db: Database = openDatabase()) {
  const store = libraryOn(db);
  const library = store.forSchool('demo');
  const start = (common = book.clauses) => {
    const events: { owner: unknown; read: unknown; dropped: unknown }[] = [];
    const fetched: string[] = [];
    const counted: LibraryStore = {
      ...store,
      forSchool: (id) => {
        const of = store.forSchool(id);
        return {
          ...of,
          clausesAmong: (what, named) => {
            if (what === 'documents') fetched.push(...named);
            return of.clausesAmong(what, named);
          },
        };
      },
    };
    const log = (event: string, f: Readonly<Record<string, unknown>> = {}) =>
      event === 'index-changed' && events.push(f as (typeof events)[number]);
    const shelves = new Shelves({ common, library: counted, saved: savedIndexesOn(db), lexicon, log });
    const answers = async () => {
      shelves.changed('demo');
      const shelf = await shelves.of('demo', NOW);
      return Promise.all(
        QUESTIONS.map(async (q) => (await shelf.find(q, { day: DAY })).map((f) => [f.clause.id, f.clause.text.zh])),
      );
    };
    return { shelves, events, fetched, answers };
  };
  /** What a fresh database with the same documents answers: nothing kept, everything built. */
  const rebuilt = async () => {
    await db.batch(['search_index', 'search_segment'].map((t) => ({ sql: `DELETE FROM ${t}`, params: [] })));
    return start().answers();
  };
  return { db, library, start, rebuilt };
}
const lending = (n: number) =>
  `甲县第${n}中学望远镜借用办法\n第一条 望远镜借出不超过${n}日。\n第二条 由${n}号管理员验收。`;

describe('a kept index', () => {
  it('is not rebuilt by a second start: nothing is read and nothing analysed', async () => {
    const { library, start } = school();
    for (let n = 1; n <= 5; n++) await added(library, lending(n));
    const first = start();
    const before = await first.answers();
    expect(first.events).toEqual([
      { owner: '', read: new Set(book.clauses.map((c) => c.id.split('#')[0])).size, dropped: 0 },
      { owner: 'demo', read: 5, dropped: 0 },
    ]);
    const second = start();
    expect(await second.answers()).toEqual(before);
    expect([second.events, second.fetched]).toEqual([[], []]);
  });

  it('analyses only the document that was added, before and after a start', async () => {
    const { library, start, rebuilt } = school();
    for (let n = 1; n <= 60; n++) await added(library, lending(n));
    const running = start();
    await running.answers();
    running.fetched.length = 0;
    const { document } = await added(library, rule(2025));
    await running.answers();
    expect(running.fetched).toEqual([document.id]);
    const { document: other } = await added(library, lending(99));
    const next = start();
    const answers = await next.answers();
    expect([next.fetched, next.events]).toEqual([[other.id], [{ owner: 'demo', read: 1, dropped: 0 }]]);
    expect(answers).toEqual(await rebuilt());
  });

  it('follows removing, restoring, a corrected title and a newer version', async () => {
    const { library, start, rebuilt } = school();
    const { document: old } = await added(library, rule(2023));
    const { document } = await added(library, lending(7));
    const running = start();
    const whole = await running.answers();
    await removeDocument(document.id, library, NOW + 1);
    expect(JSON.stringify(await running.answers())).not.toContain('望远镜借出不超过7日');
    expect(JSON.stringify(await start().answers())).not.toContain('望远镜借出不超过7日');
    await restoreDocument(document.id, library, NOW + 2);
    expect(await running.answers()).toEqual(whole);
    await confirmDocument(document.id, { title: '天文台办法' }, library, NOW + 3);
    await added(library, rule(2025));
    const after = await running.answers();
    expect(JSON.stringify(after)).not.toContain(old.id);
    expect(await start().answers()).toEqual(after);
    expect(after.map((a) => a[0])).toEqual((await rebuilt()).map((a) => a[0]));
  });

  it('is right whichever of two processes saves last', async () => {
    const { library, start, rebuilt } = school();
    await added(library, lending(1));
    const [one, other] = [start(), start()];
    await Promise.all([one.answers(), other.answers()]);
    await added(library, lending(2));
    await one.answers();
    await added(library, rule(2025));
    await Promise.all([other.answers(), one.answers()]);
    const third = start();
    const answers = await third.answers();
    expect(third.events).toEqual([]);
    expect(answers).toEqual(await rebuilt());
  });

  it('finds what was in force on the day asked for', async () => {
    const { library, start } = school();
    const { document: old } = await added(library, rule(2023));
    const { document } = await added(library, rule(2025));
    const shelf = await start().shelves.of('demo', NOW);
    const on = async (day: string) => (await shelf.find('校服由家长自愿选购', { day, limit: 1 }))[0]!.clause.id;
    expect([await on('2024-09-28'), await on(DAY)]).toEqual([`${old.id}#a1`, `${document.id}#a1`]);
  });

  it('keeps the common clauses once for all schools', async () => {
    const { db, library, start } = school();
    await added(library, lending(1));
    const { shelves, events } = start();
    for (const id of ['demo', 'a', 'b']) await shelves.of(id, NOW);
    expect(events.map((e) => e.owner)).toEqual(['', 'demo']);
    const sizes = await db.all<{ owner: string; size: number }>(
      'SELECT owner, sum(length(body)) AS size FROM search_segment GROUP BY owner ORDER BY owner',
    );
    expect(sizes.map((s) => s.owner)).toEqual(['', 'demo']);
    expect(sizes[0]!.size).toBeGreaterThan(100 * sizes[1]!.size);
  });
});

describe('a saved index that must not be trusted is made anew', () => {
  const spoilt: readonly (readonly [string, string])[] = [
    ['a changed letter in a segment', `UPDATE search_segment SET body = 'AAAAAAAA' || substr(body, 9)`],
    ['a segment cut short', 'UPDATE search_segment SET body = substr(body, 1, 400)'],
    ['a missing segment', 'DELETE FROM search_segment'],
    ['a head of another recipe', `UPDATE search_index SET head = replace(head, '"key":"', '"key":"0')`],
    ['a changed head', `UPDATE search_index SET head = replace(head, '"dead":[]', '"dead":[0]')`],
    ['a head that is no JSON', `UPDATE search_index SET head = 'x'`],
  ];
  it.each(spoilt)('%s', async (_, sql) => {
    const { db, library, start } = school();
    await added(library, lending(3));
    const before = await start().answers();
    await db.batch([{ sql, params: [] }]);
    const next = start();
    expect(await next.answers()).toEqual(before);
    expect(next.events.map((e) => e.owner)).toEqual(['', 'demo']);
    const afterwards = start();
    await afterwards.answers();
    expect(afterwards.events).toEqual([]);
  });

  it('a common clause that reads otherwise: only its document is read again', async () => {
    const { start } = school();
    await start().answers();
    const [first] = book.clauses;
    const text = { ...first!.text, zh: `${first!.text.zh}校园天文台归科学教研组。` };
    const next = start(book.clauses.map((c) => (c === first ? { ...c, text } : c)));
    await next.answers();
    expect(next.events).toEqual([{ owner: '', read: 1, dropped: 0 }]);
    const shelf = await next.shelves.of('demo', NOW);
    expect((await shelf.find('校园天文台归谁', { day: DAY }))[0]?.clause.id).toBe(first!.id);
  });

  it('answers all the same when it cannot be saved', async () => {
    const { db, library } = school();
    await added(library, lending(3));
    const saved = { ...savedIndexesOn(db), save: () => Promise.reject(new Error('full')) };
    const events: string[] = [];
    const log = (event: string) => void events.push(event);
    const shelves = new Shelves({ common: book.clauses, library: libraryOn(db), saved, lexicon, log });
    const found = await (await shelves.of('demo', NOW)).find('望远镜借出几天', { day: DAY });
    expect(found[0]!.clause.text.zh).toContain('望远镜借出不超过3日');
    expect(events).toContain('index-not-saved');
  });
});
