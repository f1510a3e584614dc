import { AppError } from '../domain/errors.ts';
import { MOST_FILE_BYTES } from '../ports/documents.ts';

/** Limits of one file. They bound time and memory before any parser sees a byte. */
export const LIMITS = {
  /** Of the file as it lies on the disk. */
  bytes: MOST_FILE_BYTES,
  /** Of a Word file's parts once unpacked, by the archive's own table. */
  unpacked: 300 * 1024 * 1024,
  /** Of one part that is really read; what the table says is not believed. */
  part: 32 * 1024 * 1024,
  ratio: 200,
  entries: 5000,
  pages: 3000,
  characters: 3_000_000,
} as const;

/** What one reading may take beside {@link LIMITS}. */
export interface Room {
  readonly bytes: number;
  /** Of a Word file's text, unpacked. */
  readonly part: number;
  readonly characters: number;
}

/**
 * In a Worker nothing can be stopped from outside, and all requests share 128 MB: half of what was read in a heap of
 * 80 MB (1.4 million characters, 20,000 clauses).
 */
export const WORKER_ROOM: Room = { bytes: 8 * 1024 * 1024, part: 4 * 1024 * 1024, characters: 600_000 };

const MB = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/** Every way in which a file is not taken: the code never changes its meaning, the sentence says what to do. */
const REFUSALS = {
  'document-too-large': [413, `文件超过 ${MB(LIMITS.bytes)}，没有读取。请压缩里面的图片，或分成几份再加。`],
  'document-too-long': [413, `正文超过 ${LIMITS.characters / 10_000} 万字，请分成几份再加。`],
  'document-too-many-pages': [413, `页数超过 ${LIMITS.pages} 页，请分成几份再加。`],
  'document-bomb': [413, '文件解开后大得不正常，像是压缩炸弹，没有打开。请向发文的人要原件。'],
  'document-too-costly': [413, '读这份文件占用的内存超过上限，已停止。请另存为较小的 .docx 或 .txt 再加。'],
  'document-too-slow': [413, '读这份文件超过规定时间，已停止。请另存为 .docx 或 .txt 再加。'],
  'document-empty': [400, '文件里没有文字。请检查是不是选错了文件。'],
  'document-wrong-extension': [
    415,
    '文件内容与扩展名不符。请改成正确的扩展名，或另存为 .docx、.pdf、.html、.md、.txt 再加。',
  ],
  'document-kind-unknown': [415, '认不出这是什么文件。可以加 .docx、.pdf（带文字层）、.html、.md、.txt。'],
  'document-old-office': [
    415,
    '这是旧版 Word（.doc、.wps）或其他旧版 Office 文件。请用 Word 或 WPS 另存为 .docx 再加。',
  ],
  'document-not-word': [415, '这是表格、演示或别的压缩文件，不是 Word 文档。请把要入库的文字另存为 .docx 再加。'],
  'document-rich-text': [415, '这是 RTF 文件。请用 Word 或 WPS 另存为 .docx 再加。'],
  'document-picture': [415, '这是图片，没有文字。请先做文字识别，存成 .docx 或 .txt 再加。'],
  'document-no-text-layer': [415, '这份 PDF 没有文字层，请先做文字识别（OCR），再加识别后的文件。'],
  'document-unreadable-text': [415, '这份 PDF 的文字编码读不出来。请用 Word、WPS 打开后另存为 .docx 再加。'],
  'document-encrypted': [415, '文件加了密码。请打开后去掉密码，另存一份再加。'],
  'document-macros': [415, '文件带有宏，没有打开。请另存为不带宏的 .docx 再加。'],
  'document-broken': [400, '文件已损坏或不完整，打不开。请重新下载，或向发文的人要原件。'],
} as const satisfies Record<string, readonly [400 | 413 | 415, string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** @param about what was found, in Chinese, put before the sentence; `detail` goes to the log only. */
export function refusal(code: RefusalCode, about = '', detail?: string): AppError {
  const [status, sentence] = REFUSALS[code];
  return new AppError(code, status, about ? `${about}。${sentence}` : sentence, detail);
}
