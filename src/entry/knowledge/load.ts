import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SchoolProfile } from '../../domain/school.ts';
import type { CalendarYear } from '../../domain/workdays.ts';
import { parseCue } from '../../reading/cue.ts';
import { checkBook } from '../../rules/check-book.ts';
import { checkSchool } from '../../rules/check-school.ts';
import { compileClauses, compileMatter, compileProcedure, compileWays } from '../../rules/compile-book.ts';
import { type MatterFile, matterSchema, procedureSchema, type ProcedureFile, sourceSchema } from '../../rules/matter-file.ts';
import type { Rulebook } from '../../rules/rulebook.ts';
import {
  dutiesFileSchema,
  factsFileSchema,
  profileFileSchema,
  stepsFileSchema,
  vocabularySchema,
  workdaysFileSchema,
} from '../../rules/shared-files.ts';
import { type Fault, type KnowledgeFile, readFolder, readYaml } from './read-files.ts';

export interface Knowledge {
  readonly book: Rulebook;
  readonly schools: readonly SchoolProfile[];
  readonly workdays: readonly CalendarYear[];
  readonly faults: readonly Fault[];
  /** The files themselves, for their cases and for the rule author's tools. */
  readonly matterFiles: readonly KnowledgeFile<MatterFile>[];
  readonly procedureFiles: readonly KnowledgeFile<ProcedureFile>[];
}

const NO_WORDS = { chatter: [], injection: [], outside: [], acute: [], not_acute: [], vague: [], unsure: [], wrong_terms: [], unruled: [] };
const NO_STEPS = { pre: {}, post: {}, voting: {}, routes: {} as never };

/** Reads, checks and compiles everything under `knowledge/`; faults are returned, never thrown. */
export function loadKnowledge(root: string): Knowledge {
  const at = (...parts: string[]) => join(root, 'knowledge', ...parts);
  const faults: Fault[] = [];
  const facts = readYaml(at('facts.yaml'), factsFileSchema, root, faults)?.data ?? {};
  const steps = readYaml(at('steps.yaml'), stepsFileSchema, root, faults)?.data ?? NO_STEPS;
  const vocabulary = readYaml(at('vocabulary.yaml'), vocabularySchema, root, faults)?.data ?? NO_WORDS;
  const matterFiles = readFolder(at('matters'), matterSchema, root, faults);
  const procedureFiles = readFolder(at('procedure'), procedureSchema, root, faults);
  const sources = readFolder(at('sources'), sourceSchema, root, faults);
  const schoolFiles = readdirSync(at('schools')).flatMap((id) =>
    readdirSync(at('schools', id))
      .filter((name) => /^profile.*\.yaml$/.test(name))
      .map((name) => readYaml(at('schools', id, name), profileFileSchema, root, faults)),
  );
  const dutiesOf = (id: string) =>
    existsSync(at('schools', id, 'duties.yaml'))
      ? readYaml(at('schools', id, 'duties.yaml'), dutiesFileSchema, root, faults)?.data
      : undefined;
  const schools = schoolFiles
    .filter((f) => f !== null)
    .map(({ data }) => ({ ...data, duties: data.duties ?? dutiesOf(data.id) }) as SchoolProfile);
  const workdays = readYaml(at('workdays.yaml'), workdaysFileSchema, root, faults)?.data ?? [];

  const content: Omit<Rulebook, 'version'> = {
    matters: matterFiles.map((f) => compileMatter(f.data, facts, steps)),
    procedures: procedureFiles.map((f) => compileProcedure(f.data)),
    clauses: sources.filter((f) => !f.data.internal).flatMap((f) => compileClauses(f.data)),
    ways: compileWays(steps),
    pre: steps.pre,
    voting: steps.voting,
    vocabulary,
  };
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 10);
  const book: Rulebook = { version, ...content };

  const fileOf = new Map<string, KnowledgeFile<unknown>>(
    [...matterFiles, ...procedureFiles].map((f) => [f.data.id, f]),
  );
  for (const finding of checkBook(book, parseCue)) {
    const file = fileOf.get(finding.id);
    faults.push({ file: file?.file ?? finding.id, line: file?.lineOf(finding.path) ?? 1, message: finding.message });
  }
  for (const file of schoolFiles)
    if (file)
      for (const message of checkSchool(file.data as SchoolProfile, book)) faults.push({ file: file.file, line: file.lineOf(['list']), message });
  for (const f of matterFiles) {
    if (!f.file.endsWith(`/${f.data.id}.yaml`))
      faults.push({ file: f.file, line: 1, message: `id 是 ${f.data.id},文件名应为 ${f.data.id}.yaml` });
  }
  return { book, schools, workdays, faults, matterFiles, procedureFiles };
}
