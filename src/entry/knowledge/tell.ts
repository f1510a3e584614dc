import type { YAMLParseError } from 'yaml';
import type { z } from 'zod';

/** Words what is wrong in a knowledge file for its author, who writes Chinese and no code: what was found, what to write. */

const TYPES: Readonly<Record<string, string>> = {
  string: '写一段文字（是数字的加引号）',
  number: '写数字，如 20000，不带“万”“元”和逗号',
  int: '写整数，如 7',
  boolean: '写 true（是）或 false（否），不加引号',
  array: '写成列表：[甲, 乙]，或每行一个，以“- ”开头',
  object: '写成“名称: 内容”，每行一个',
  record: '写成“名称: 内容”，每行一个',
  date: '日期写成 2026-09-01',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: '日期写成 2026-09-01，年月日都要真有这一天',
  url: '写完整的网址，如 https://www.example.cn/a',
  regex: '格式不对；照 docs/rules.md 的写法',
};

/** The fields an object asks for, as they are to be written. */
function fieldsOf(schema: unknown): string | undefined {
  const shape = (schema as z.ZodObject | undefined)?._zod?.def?.shape;
  if (!shape) return undefined;
  const required = Object.keys(shape).filter((key) => shape[key]?._zod.optin !== 'optional');
  return required.length ? `写成 { ${required.map((key) => `${key}: …`).join(', ')} }` : undefined;
}

/** The union branch the author most likely meant: the one whose outer shape is right; `null` when none is. */
const branchMeant = (branches: readonly (readonly z.core.$ZodIssue[])[]) =>
  branches.find((issues) => issues.every((i) => i.code !== 'invalid_type' || i.path.length > 0)) ??
  branches.find((issues) => issues.some((i) => i.path.length > 0)) ??
  null;

/** What to write instead; a schema's own message goes before this one. */
export const instead: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return fieldsOf(issue.inst) ?? TYPES[issue.expected] ?? '写法不对；照 docs/rules.md 的写法';
    case 'invalid_value':
      return `应当是 ${issue.values.map(String).join('、')} 之一`;
    case 'unrecognized_keys':
      return `里有不认识的字段 ${issue.keys.join('、')}；删去或改成 docs/rules.md 里的名称`;
    case 'too_small':
      return issue.origin === 'string'
        ? '不能是空的'
        : issue.origin === 'array'
          ? `太少，至少要 ${issue.minimum} 个`
          : `太小，应当${issue.inclusive ? '不小于' : '大于'} ${issue.minimum}`;
    case 'too_big':
      return `太大，最多 ${issue.maximum}`;
    case 'invalid_format':
      return FORMATS[issue.format] ?? FORMATS['regex']!;
    case 'invalid_union': {
      const ways = issue.errors.flatMap((issues) => issues.filter((i) => i.path.length === 0).map((i) => i.message));
      return [...new Set(ways)].join('；或者') || '写法不对；照 docs/rules.md 的写法';
    }
    default:
      return '写法不对；照 docs/rules.md 的写法';
  }
};

/** A schema issue with the field and the value found; those of the union branch meant, each at its own field. */
export function tellIssue(issue: z.core.$ZodIssue, data: unknown): { at: readonly PropertyKey[]; message: string }[] {
  if (issue.code === 'invalid_union') {
    const meant = branchMeant(issue.errors);
    if (meant?.length) return meant.flatMap((i) => tellIssue({ ...i, path: [...issue.path, ...i.path] }, data));
  }
  const at = issue.path.map(String).join('.') || '文件';
  if (issue.code === 'unrecognized_keys')
    return [{ at: [...issue.path, issue.keys[0]!], message: `${at} ${issue.message}` }];
  const found = issue.path.reduce<unknown>((d, key) => (d as Record<PropertyKey, unknown> | undefined)?.[key], data);
  const shown = found === undefined || found === null ? '没有写' : `写的是 ${JSON.stringify(found).slice(0, 60)}`;
  return [{ at: issue.path, message: `${at} ${shown}；${issue.message}` }];
}

const YAML: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  TAB_AS_INDENT: '缩进用空格，不用 Tab',
  BAD_INDENT: '缩进没有对齐；同一层的各行前面空格一样多，文字里有半角冒号时整句加引号',
  MULTILINE_IMPLICIT_KEY: '冒号要用半角英文冒号，后面空一格',
  MISSING_CHAR: '少了冒号、逗号、引号或括号；冒号要用半角英文冒号，后面空一格，引号和括号要成对',
  BLOCK_AS_IMPLICIT_KEY: '一行里有两个冒号；文字里有半角冒号的，整句加引号',
  BLOCK_IN_FLOW: '大括号、中括号里不能另起“名称: 内容”的行；括号要成对',
  BAD_COLLECTION_TYPE: '大括号里要写“名称: 内容”，中括号里写列表',
  KEY_OVER_1024_CHARS: '冒号要用半角英文冒号，后面空一格',
  DUPLICATE_KEY: '同一个名称写了两次；删去一个',
  BAD_SCALAR_START: '这个符号不能用在开头；整句加引号',
  BAD_DQ_ESCAPE: '双引号里的反斜杠写法不对；改用单引号',
  UNEXPECTED_TOKEN: '多了符号或缩进不对；检查括号、引号是否成对',
  MULTIPLE_DOCS: '文件里不要有单独一行的 ---',
  BAD_ALIAS: '以 * 或 & 开头的内容要加引号',
};

/** A text that is no YAML, with the line as it stands there. */
export function tellYaml(error: YAMLParseError, text: string): string {
  const line = text.split('\n')[(error.linePos?.[0].line ?? 1) - 1]?.trim().slice(0, 40);
  const wide = /^(?:- )?[\w-]+：/.test(line ?? '');
  const code = error.message.startsWith('Tabs') ? 'TAB_AS_INDENT' : wide ? 'MULTILINE_IMPLICIT_KEY' : error.code;
  const write = YAML[code] ?? '检查缩进、冒号和引号';
  return `读不懂${line ? `「${line}」` : '这一行'}；${write}`;
}
