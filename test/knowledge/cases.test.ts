import { describe, expect, it } from 'vitest';
import { answerQuestion } from '../../src/assistant/answer-question.ts';
import { deskFrom } from '../../src/entry/knowledge/desk.ts';
import { loadKnowledge } from '../../src/entry/knowledge/load.ts';
import { compiledKnowledge, ROOT } from '../../src/entry/knowledge/compiled.ts';
import { runCase } from '../../src/entry/knowledge/run-case.ts';

const knowledge = loadKnowledge(ROOT);
const desk = deskFrom(await compiledKnowledge());
const school = knowledge.schools.find((s) => s.id === 'demo')!;

it('has no faults in any knowledge file', () => {
  expect(knowledge.faults).toEqual([]);
});

describe.each(knowledge.matterFiles.map((f) => [f.data.id, f] as const))('%s', (id, file) => {
  const matter = knowledge.book.matters.find((m) => m.id === id)!;
  it.each(file.data.cases.map((c) => [c.name ?? c.ask ?? JSON.stringify(c.given), c] as const))('%s', (_name, c) => {
    expect(runCase(desk.reader, matter, c, school)).toBeNull();
  });
});

describe.each(knowledge.procedureFiles.map((f) => [f.data.id, f] as const))('procedure %s', (id, file) => {
  it.each(file.data.cases.map((c) => [c.ask, c] as const))('%s', (ask, c) => {
    const answer = answerQuestion({ question: ask, school, day: '2026-11-20' }, desk);
    expect({ topic: answer.topic, of: answer.trace[0]?.matter }).toEqual({ topic: 'procedure', of: id });
    for (const said of c.says) expect(answer.answer).toContain(said);
  });
});
