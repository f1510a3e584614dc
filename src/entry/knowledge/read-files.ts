import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

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
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  const lineOf = (at: readonly PropertyKey[]): number => {
    for (let depth = at.length; depth > 0; depth--) {
      const node = document.getIn(at.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  if (document.errors.length > 0) {
    const first = document.errors[0]!;
    faults.push({ file, line: first.linePos?.[0].line ?? 1, message: `YAML 读不懂：${first.message.split('\n')[0]};检查缩进和引号` });
    return null;
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return { file, data: result.data, lineOf };
  for (const issue of result.error.issues) faults.push({ file, line: lineOf(issue.path), message: tell(issue, document.toJS()) });
  return null;
}

/** A schema issue in the author's words. */
function tell(issue: z.core.$ZodIssue, data: unknown): string {
  const at = issue.path.map(String).join('.') || '文件';
  const found = issue.path.reduce<unknown>((d, key) => (d as Record<PropertyKey, unknown> | undefined)?.[key], data);
  const shown = found === undefined ? '没有写' : `写的是 ${JSON.stringify(found).slice(0, 60)}`;
  switch (issue.code) {
    case 'invalid_value':
      return `${at} ${shown};应当是 ${issue.values.map(String).join('、')} 之一`;
    case 'unrecognized_keys':
      return `${at} 里有不认识的字段 ${issue.keys.join('、')};删去或改成 docs/rules.md 里的名称`;
    case 'too_small':
      return `${at} 太少；至少要 ${issue.minimum} 个`;
    case 'invalid_format':
      return `${at} ${shown};格式应为 ${issue.format}${'pattern' in issue && issue.pattern ? ` ${issue.pattern}` : ''}`;
    default:
      return `${at} ${shown};${issue.message}`;
  }
}

/** All YAML files of a folder, in name order. */
export function readFolder<T>(folder: string, schema: z.ZodType<T>, root: string, faults: Fault[]): KnowledgeFile<T>[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readYaml(join(folder, name), schema, root, faults))
    .filter((f) => f !== null);
}
