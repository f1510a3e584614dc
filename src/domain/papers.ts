import type { PaperRef } from './message.ts';

/** The papers of `forms.md`, by the name the register and addresses use; what each is made of is in src/papers/sources.ts. */
export const PAPERS = {
  'item-form': '议题申报单',
  notice: '会议通知',
  agenda: '会议议程',
  record: '会议记录',
  minutes: '会议纪要',
  'follow-up': '督办单',
  reconsideration: '复议申请',
  folder: '卷宗',
} as const;
export type PaperKind = keyof typeof PAPERS;

export const isPaperKind = (text: string): text is PaperKind => Object.hasOwn(PAPERS, text);

/** The longest file name, in characters, ending included: a path on Windows holds 260. */
const LONGEST = 80;
const WINDOWS: Readonly<Record<string, string>> = {
  '/': '／',
  '\\': '＼',
  ':': '：',
  '*': '＊',
  '?': '？',
  '"': '”',
  '<': '〈',
  '>': '〉',
  '|': '｜',
};

/** A file name that Windows takes, made of parts: forbidden signs in full width, cut to 80 characters with its ending. */
export function fileName(parts: readonly string[], ending: string): string {
  const plain = parts
    .filter((p) => p !== '')
    .join('-')
    .replace(/[/\\:*?"<>|]/g, (c) => WINDOWS[c]!)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ');
  const most = LONGEST - ending.length - 1;
  const cut = [...plain].slice(0, most).join('');
  return `${cut.replace(/[\s.]+$/, '')}.${ending}`;
}

/** `议题申报单-Y12-更换食堂承包商.docx`; a folder is a .zip. Without the title where even that is not for everybody. */
export const paperName = (kind: PaperKind, of: string, title = ''): string =>
  fileName([PAPERS[kind], of, title], kind === 'folder' ? 'zip' : 'docx');

/** What to hand over in a reply (`Reply.papers`). */
export const paperRef = (kind: PaperKind, of: string, title = ''): PaperRef => ({
  kind,
  of,
  name: paperName(kind, of, title),
});
