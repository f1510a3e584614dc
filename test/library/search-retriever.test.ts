import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { buildIndex } from '../../src/library/search/search-index.ts';
import { embeddingsFrom } from '../../src/models/embeddings.ts';
import { clauseRetriever, fuse } from '../../src/models/retriever.ts';

/** An OpenAI-compatible endpoint on this machine; the vector of a text says which of a few things it speaks of. */
const THINGS = ['欺凌', '校车', '陪餐', '捐'];
const SAME: Readonly<Record<string, string>> = { 霸道的孩子: '欺凌' };
let server: Server;
let status = 200;
let asked: { input: string | string[]; model: string; encoding_format?: string }[] = [];
const vectorOf = (text: string) => [0.01, ...THINGS.map((t) => (text.includes(t) || SAME[text] === t ? 1 : 0))];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        const read = JSON.parse(body) as (typeof asked)[number];
        asked.push(read);
        response.writeHead(status, { 'content-type': 'application/json' });
        const data = [read.input]
          .flat()
          .map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }));
        response.end(
          JSON.stringify({ object: 'list', model: read.model, data, usage: { prompt_tokens: 1, total_tokens: 1 } }),
        );
      });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  status = 200;
  asked = [];
});

const { book } = await compiledKnowledge();
const clauses = new Map(book.clauses.map((c) => [c.id, c]));
const index = buildIndex(book.clauses.map((c) => ({ id: c.id, title: c.title, text: c.text.zh })));
const passage = (id: string) => ({ text: clauses.get(id)!.text.zh, metadata: { title: clauses.get(id)!.title } });
let time = 0;
const logged: string[] = [];
const semantic = () =>
  embeddingsFrom(
    { EMBEDDINGS_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, EMBEDDINGS_MODEL: 'm' },
    book.clauses.map((c) => ({ id: c.id, text: c.text.zh })),
    { log: (event) => void logged.push(event), now: () => time },
  )!;
const ids = (documents: { id?: string | undefined }[]) => documents.map((d) => d.id);

describe('the clause retriever', () => {
  it('gives the index’s passages as LangChain documents', async () => {
    const retriever = await clauseRetriever({ index, passage, k: 3 });
    const documents = await retriever.invoke('校领导要陪餐吗');
    expect(documents).toHaveLength(3);
    expect(documents[0]).toMatchObject({
      id: 'moe-45-food#s2',
      metadata: { title: clauses.get('moe-45-food#s2')!.title },
    });
    expect(documents[0]!.pageContent).toContain('陪餐');
    expect(retriever.lc_namespace).toEqual(['yishi', 'retrievers']);
  });

  it('adds what embeddings find, by ranks', async () => {
    const near = semantic();
    expect(await near.prepare()).toBe(true);
    expect(asked[0]).toMatchObject({ model: 'm', encoding_format: 'float' });
    const words = await clauseRetriever({ index, passage, k: 30 });
    const both = await clauseRetriever({ index, passage, k: 30, semantic: near });
    const bullying = 'moe-bullying-2017#all';
    expect(ids(await words.invoke('霸道的孩子'))).not.toContain(bullying);
    expect(ids(await both.invoke('霸道的孩子'))).toContain(bullying);
    const filtered = await clauseRetriever({ index, passage, k: 30, semantic: near, filter: (id) => id !== bullying });
    expect(ids(await filtered.invoke('霸道的孩子'))).not.toContain(bullying);
  });

  it('does with words alone while the vectors are fetched, and when the endpoint fails', async () => {
    const words = ids(await (await clauseRetriever({ index, passage })).invoke('校车'));
    const near = semantic();
    const retriever = await clauseRetriever({ index, passage, semantic: near });
    expect(ids(await retriever.invoke('校车'))).toEqual(words);
    await near.prepare();
    status = 500;
    expect(ids(await retriever.invoke('校车'))).toEqual(words);
    expect(logged).toContain('embeddings-failed');
    const calls = asked.length;
    status = 200;
    await retriever.invoke('校车');
    expect(asked).toHaveLength(calls); // it is left alone for a while
    time += 61_000;
    await retriever.invoke('校车');
    expect(asked.length).toBeGreaterThan(calls);
  });

  it('is lexical when nothing is configured, and says which variable is wrong', () => {
    expect(embeddingsFrom({}, [], { log: () => {}, now: () => 0 })).toBeUndefined();
    expect(() =>
      embeddingsFrom({ EMBEDDINGS_BASE_URL: 'nowhere', EMBEDDINGS_MODEL: 'm' }, [], { log: () => {}, now: () => 0 }),
    ).toThrow('EMBEDDINGS_BASE_URL');
  });
});

describe('fusion by reciprocal ranks', () => {
  const list = (...names: string[]) => names.map((id, i) => ({ id, score: 9 - i }));
  it('puts what both lists have before what only one has first', () =>
    expect(fuse([list('a', 'b'), list('c', 'b')], 3).map((h) => h.id)).toEqual(['b', 'a', 'c']));
  it('keeps the order of one list', () => expect(fuse([list('a', 'b', 'c')], 2).map((h) => h.id)).toEqual(['a', 'b']));
});
