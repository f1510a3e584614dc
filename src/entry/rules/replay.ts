import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replayUnder } from '../../assistant/replay.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import { archiveOn } from '../../stores/archive.ts';
import { sqliteDatabase } from '../../stores/sqlite.ts';
import { compiledKnowledge, ROOT } from '../knowledge/compiled.ts';
import { settingsFrom } from '../settings.ts';

/** `replay <answer>`: rules again on an answer given before, under the rules of then and of now. */
export async function replay([id]: readonly string[]): Promise<boolean> {
  const file = join(settingsFrom(process.env).YISHI_DATA, 'yishi.db');
  if (!id || !existsSync(file)) {
    console.error(id ? `没有数据库 ${file}；用 YISHI_DATA 指明数据目录` : '写上答复的编号（答复末尾的“编号”）');
    return false;
  }
  const db = sqliteDatabase(file, join(ROOT, 'migrations'));
  try {
    const archive = archiveOn(db);
    const given = await archive.answer(id);
    if (!given) {
      console.error(`没有编号为 ${id} 的答复`);
      return false;
    }
    const then = await archive.rules(given.rulesVersion);
    const { book: now } = await compiledKnowledge();
    console.log(
      `${given.day} 按规则 ${given.rulesVersion} 答：${given.outcome} ${given.decider ?? ''}（${given.matter}，${JSON.stringify(given.facts)}）`,
    );
    const again = then ? replayUnder(given, JSON.parse(then) as Rulebook) : null;
    console.log(
      again
        ? `当时的规则重算：${again.outcome} ${again.decider ?? ''}，${again.same ? '一致' : '不一致'}`
        : '当时的规则没有留存',
    );
    const today = replayUnder(given, now);
    console.log(
      today
        ? `现在的规则 ${now.version}：${today.outcome} ${today.decider ?? ''}，${today.same ? '与当时相同' : '与当时不同'}`
        : `现在的规则里没有事项 ${given.matter}`,
    );
    return again?.same === true;
  } finally {
    await db.close();
  }
}
