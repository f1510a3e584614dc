import type { Card, CardAction, Reply } from '../domain/message.ts';
import type { Added } from '../library/add-document.ts';
import type { LibraryDocument } from '../ports/library.ts';
import { LEVELS } from '../wording/phrases.ts';

/** What is said about a document that came in: the card to confirm it by, or why it did not. */
const FACTS = [
  ['title', '标题'],
  ['issuer', '发文'],
  ['number', '文号'],
  ['issued', '日期'],
  ['effectiveFrom', '施行'],
  ['effectiveUntil', '失效'],
] as const;

/** What was read from the document, for the person to confirm or correct. */
function confirmCard(document: LibraryDocument, extra: readonly string[]): Card {
  const facts = FACTS.map(([key, label]) => `${label}：${document[key] ?? '没有读到'}${guess(document, key)}`);
  const field = (name: string, label: string) => ({ name, label, type: 'text' as const, required: false });
  const action = (
    id: string,
    label: string,
    style: CardAction['style'],
    fields?: CardAction['fields'],
  ): CardAction => ({
    id: `document:${id}:${document.id}`,
    label,
    style,
    ...(fields && { fields }),
  });
  return {
    title: `《${document.title}》`,
    tone: document.state === 'confirmed' ? 'settled' : 'asks',
    summary: `已放进文件库，共${document.clauses}条，请确认读到的信息`,
    sections: [
      {
        heading: '读到的信息',
        lines: [...facts, `层级：${LEVELS[document.level].zh}`, `分成${document.clauses}条，编号 ${document.id}`],
      },
      ...(extra.length ? [{ heading: '请注意', lines: extra }] : []),
    ],
    actions: [
      action('confirm', '信息没错，确认', 'primary'),
      action('correct', '改一改再确认', 'default', [
        field('title', '标题'),
        field('issuer', '发文机关'),
        field('number', '文号'),
        field('issued', '印发日期（2024-09-01）'),
        field('effectiveFrom', '施行日期'),
        field('effectiveUntil', '失效日期'),
      ]),
      action('remove', '放错了，移除', 'danger'),
    ],
  };
}

const guess = (document: LibraryDocument, key: string): string => {
  const g = document.guesses[key];
  return g && document.state !== 'confirmed' && g.sure !== 'stated' ? '（推断，请核对）' : '';
};

/** How an adding ended, told to whoever sent the file. */
export function saidOf(added: Added): Reply {
  switch (added.kind) {
    case 'added': {
      const { document, replaced, newer } = added;
      const extra = [
        ...document.warnings,
        ...(replaced ? [`《${replaced.title}》旧版自 ${document.replacesFrom} 起不再引用，仍保留在库里。`] : []),
        ...(newer ? ['库里已有更新的一版，这一份作为旧版保存。'] : []),
      ];
      return {
        text: `已放进文件库：《${document.title}》，${document.clauses}条。请确认读到的信息。`,
        card: confirmCard(document, extra),
      };
    }
    case 'known':
      return added.document.state === 'removed'
        ? removedReply(added.document, '这份文件放进来过，后来移除了。')
        : { text: `这份文件已经在库里了：《${added.document.title}》（${added.document.id}）。` };
    default:
      return refused(added.message, added.code);
  }
}

/** The code stands at the end, for whoever is asked for help. */
export const refused = (message: string, code: string): Reply => ({ text: `没有放进去：${message}（${code}）` });

export const removedReply = (document: LibraryDocument, text: string): Reply => ({
  text,
  card: {
    title: '已移除',
    tone: 'neutral',
    summary: `《${document.title}》（${document.id}）`,
    sections: [],
    actions: [{ id: `document:restore:${document.id}`, label: '恢复', style: 'default' }],
  },
});
