import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { respond } from '../../src/assistant/respond.ts';
import { compiledKnowledge } from '../../src/entry/knowledge/compiled.ts';
import { jsonIn, modelFrom } from '../../src/models/langchain.ts';
import { demoSchool, desk } from '../fakes/service.ts';

/** An OpenAI-compatible endpoint on this machine that says what it is told to. */
let server: Server;
let says: (prompt: string) => string | null;
let prompts: string[] = [];
let status = 200;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        const prompt = (JSON.parse(body) as { messages: { content: string }[] }).messages
          .map((m) => m.content)
          .join('\n');
        prompts.push(prompt);
        const content = says(prompt);
        if (content === null) return; // never answers
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            id: 'x',
            object: 'chat.completion',
            created: 0,
            model: 'm',
            choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
          }),
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
  prompts = [];
  status = 200;
});

const { prompts: texts } = await compiledKnowledge();
const model = () =>
  modelFrom(
    {
      LLM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      LLM_API_KEY: 'k',
      LLM_MODEL: 'm',
      LLM_TIMEOUT_MS: '800',
    },
    texts,
    () => {},
  )!;
const turn = (text: string) => ({ text, school: demoSchool, day: '2026-11-20', dialogue: null });
const builtIn = async (text: string) => (await respond(turn(text), desk)).reply.text;
const QUESTION = '招一名编外保安要上党委会吗';

describe('with a model', () => {
  it('lets it word the ruling when every word stands the check', async () => {
    says = () =>
      '好的：{"text":"计划内补一名保安，校长办公会议定，不需要上党组织会议。先查准入。","cites":["law-minors#62"]}';
    const { reply, answer } = await respond(turn(QUESTION), desk, { model: model() });
    expect(reply.text).toContain('先查准入');
    expect(reply.text).toContain('《中华人民共和国未成年人保护法》第六十二条');
    expect(answer!.decider).toBe('principal_meeting');
  });
  it.each([
    ['contradicts the ruling', '{"text":"这件事需要上党组织会议，由书记拍板。","cites":[]}'],
    ['cites what is not there', '{"text":"校长办公会议定，不需要上党组织会议。","cites":["made-up#1"]}'],
    ['is no JSON', '我觉得可以'],
    ['has another shape', '{"answer":"yes"}'],
  ])('speaks with the built-in wording when the model %s', async (_what, content) => {
    says = () => content;
    expect((await respond(turn(QUESTION), desk, { model: model() })).reply.text).toBe(await builtIn(QUESTION));
  });
  it('speaks with the built-in wording when the model is slow or fails', async () => {
    says = () => null;
    expect((await respond(turn(QUESTION), desk, { model: model() })).reply.text).toBe(await builtIn(QUESTION));
    status = 500;
    says = () => '{}';
    expect((await respond(turn(QUESTION), desk, { model: model() })).reply.text).toBe(await builtIn(QUESTION));
  });
  it('lets it place a question the reader did not, by an id of the table only', async () => {
    const odd = '甲乙丙丁戊己庚辛';
    says = (prompt) => (prompt.includes('分拣员') ? '{"matter":"school-uniform"}' : '{}');
    expect((await respond(turn(odd), desk, { model: model() })).answer?.matter?.id).toBe('school-uniform');
    says = () => '{"matter":"not-a-matter"}';
    expect((await respond(turn(odd), desk, { model: model() })).answer?.outcome).toBe('unruled');
  });
  it('sends no names and no numbers of people', async () => {
    says = () => '{"matter":null}';
    await respond(turn('庚辛壬癸 张老师 13800138000 子丑寅卯'), desk, { model: model() });
    const sent = prompts.join('\n');
    expect(sent).not.toContain('13800138000');
    expect(sent).not.toContain('张老师');
  });
});

it('is not asked for when it is not configured', () => {
  expect(modelFrom({}, texts, () => {})).toBeUndefined();
});
it('finds the object in what a model wrote around it', () => {
  expect(jsonIn('当然：\n```json\n{"a":1}\n```')).toEqual({ a: 1 });
  expect(jsonIn('没有')).toBeNull();
});
