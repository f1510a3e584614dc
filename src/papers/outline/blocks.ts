/** A paper as plain data: what it says and which part of an official paper each line is. `layout.ts` sets it. */
export interface Outline {
  /** For the file's properties. */
  readonly title: string;
  /** Said at the head of each page: that this is a sample school. */
  readonly header?: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** For whom it is: at the head of the first page, where official papers carry their grade. */
  | { readonly kind: 'mark'; readonly text: string }
  /** The masthead of minutes (纪要标志), red, with number and day and the red line below it. */
  | { readonly kind: 'masthead'; readonly name: string; readonly left: string; readonly right: string }
  | { readonly kind: 'title'; readonly text: string }
  /** Under the title, centred. */
  | { readonly kind: 'caption'; readonly text: string }
  /** 主送: flush left, ends in a colon. */
  | { readonly kind: 'to'; readonly text: string }
  /** Levels 一、（一）1.（1） with the number in the text. `tail` runs on in the body's font. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string; readonly tail?: string }
  | { readonly kind: 'para'; readonly text: string }
  /** `出席：…`: a name in 黑体, further lines aligned after the colon; `keep`: on one page with what follows. */
  | { readonly kind: 'named'; readonly name: string; readonly text: string; readonly keep?: boolean }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'attachments'; readonly names: readonly string[] }
  /** 落款: who and when, on the right. */
  | { readonly kind: 'close'; readonly lines: readonly string[] }
  /** Lines to sign on, two to a row. */
  | { readonly kind: 'sign'; readonly labels: readonly string[] }
  /** 版记 at the end of an official paper. */
  | { readonly kind: 'imprint'; readonly rows: readonly { readonly left: string; readonly right?: string }[] }
  | { readonly kind: 'note'; readonly text: string };

export interface Table {
  /** Shares of the line's width. */
  readonly widths: readonly number[];
  /** Repeated at the top of each page. */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** A short table that stays on one page, with the note after it. */
  readonly together?: boolean;
}

/** Lines of a cell; an empty one is filled in by hand. */
export interface Cell {
  readonly text: string;
  readonly span?: number;
  readonly as?: 'label' | 'centre';
  /** Room for handwriting, in lines. */
  readonly room?: number;
}

export const label = (text: string): Cell => ({ text, as: 'label' });
export const cell = (text: string | undefined, more: Omit<Cell, 'text'> = {}): Cell => ({
  text: text?.trim() ?? '',
  ...more,
});

/** A form's row over the whole width of a four-column table. */
export const wide = (name: string, text: string | undefined, room?: number): readonly Cell[] => [
  label(name),
  cell(text, { span: 3, ...(room && { room }) }),
];
export const pair = (a: string, va: string | undefined, b: string, vb: string | undefined): readonly Cell[] => [
  label(a),
  cell(va),
  label(b),
  cell(vb),
];
export const FORM_WIDTHS = [17, 33, 17, 33];

/** What an outline says, one line each: for tests, and for people who read without Word. */
export function outlineText({ header, blocks }: Outline): string {
  return [...(header ? [header] : []), ...blocks.flatMap(linesOf)].filter((l) => l !== '').join('\n');
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'masthead':
      return [block.name, `${block.left}　${block.right}`];
    case 'heading':
      return [block.text + (block.tail ?? '')];
    case 'named':
      return [`${block.name}：${block.text}`];
    case 'table':
      return [...(block.table.head ? [block.table.head.join('｜')] : []), ...block.table.rows.map(rowText)];
    case 'attachments':
      return block.names.map(
        (name, i) => `${i === 0 ? '附件：' : ''}${block.names.length > 1 ? `${i + 1}. ` : ''}${name}`,
      );
    case 'close':
      return block.lines;
    case 'sign':
      return block.labels.map((l) => `${l}：`);
    case 'imprint':
      return block.rows.map((r) => [r.left, r.right ?? ''].join('　').trim());
    default:
      return [block.text];
  }
}
const rowText = (row: readonly Cell[]) => row.map((c) => c.text).join('｜');
