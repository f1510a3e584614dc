import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { instead, tellIssue, tellYaml } from './tell.ts';

/** Something wrong in a knowledge file, told so that its author can mend it. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  /** What was found, why it is a problem, and what to write instead. */
  readonly message: string;
}

export interface KnowledgeFile<T> {
  readonly file: string;
  readonly data: T;
  /** The line where a field stands. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Reads one YAML file into its schema; faults carry the line and the value found. */
export function readYaml<T>(path: string, schema: z.ZodType<T>, root: string, faults: Fault[]): KnowledgeFile<T> | null {
  const file = relative(root, path);
  const lines = new LineCounter();
  const text = readFileSync(path, 'utf8');
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (at: readonly PropertyKey[]): number => {
    for (let depth = at.length; depth > 0; depth--) {
      const node = document.getIn(at.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  if (document.errors.length > 0) {
    const first = document.errors[0]!;
    faults.push({ file, line: first.linePos?.[0].line ?? 1, message: tellYaml(first, text) });
    return null;
  }
  const result = schema.safeParse(document.toJS(), { error: instead });
  if (result.success) return { file, data: result.data, lineOf };
  for (const { at, message } of result.error.issues.flatMap((issue) => tellIssue(issue, document.toJS())))
    faults.push({ file, line: lineOf(at), message });
  return null;
}

/** All YAML files of a folder, in name order. */
export function readFolder<T>(folder: string, schema: z.ZodType<T>, root: string, faults: Fault[]): KnowledgeFile<T>[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readYaml(join(folder, name), schema, root, faults))
    .filter((f) => f !== null);
}
