import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { button } from '../command.ts';
import type { Scene } from '../scene.ts';
import { ITEM_STATES } from './item-card.ts';
import { maySeeItem } from './may.ts';
import { moneyOf } from './title.ts';

/** The lists of the 三重一大 mechanism (seed-systems 0-21), by the word that asks for them. */
const VIEWS: Readonly<Record<string, (item: AgendaItem) => boolean>> = {
  大额: (i) => i.ruling.large,
  任免: (i) => i.ruling.cadre || i.ruling.category === '重要干部任免',
  项目: (i) => (i.fields['procurement_mode'] ?? '') !== '' || ['后勤采购', '财务资产'].includes(i.ruling.category),
  决策: (i) => i.ruling.category === '重大决策',
};
const NAMES: Readonly<Record<string, string>> = {
  大额: '大额资金使用',
  任免: '重要干部任免',
  项目: '重要项目安排',
  决策: '重大决策',
};
const CALLED =
  /^(?:重大|重要)?(大额|任免|项目|决策)(?:资金(?:使用)?|干部|安排)?(?:清单|台账|议题)?$|^(干部)(?:任免|人事)?(?:清单|议题)?$/;

/** The list a word asks for: `大额`, `大额清单`, `干部任免`; `三重一大` is all of them. */
export function viewIn(words: string): readonly string[] {
  const plain = words.trim();
  if (/^三重一大(?:清单|台账|议题)?$/.test(plain)) return ['决策', '任免', '项目', '大额'];
  const found = CALLED.exec(plain);
  return found ? [found[1] ?? '任免'] : [];
}

/** Items on their way, of one or several kinds; what somebody may not see is not counted either. */
export function itemViews(scene: Scene, views: readonly string[]): Reply {
  if (scene.place.kind === 'group') scene.about = undefined;
  const seen = scene
    .all('item')
    .filter((i) => i.state !== 'withdrawn' && i.state !== 'decided' && maySeeItem(scene.by, i, scene.roster))
    .filter((i) => scene.place.kind === 'direct' || i.ruling.confidentiality !== 'committee_only');
  const sections = views.map((v) => {
    const items = seen.filter(VIEWS[v]!);
    return {
      heading: `${NAMES[v]!}（${items.length}）`,
      lines: items.length > 0 ? items.map(lineOf) : ['没有'],
      items,
    };
  });
  const { A2 } = scene.school.amountLines ?? {};
  const line = !views.includes('大额')
    ? ''
    : A2 === undefined
      ? '本校未设定大额起点（A2），大额一栏暂时列不出来。'
      : `大额起点：${moneyOf(A2)}${scene.school.demo ? '（演示值）' : ''}。`;
  const text = sections.flatMap((s) => [s.heading, ...s.lines.map((l) => `· ${l}`)]);
  const items = [...new Map(sections.flatMap((s) => s.items).map((i) => [i.id, i])).values()];
  const others = Object.keys(VIEWS).filter((v) => !views.includes(v));
  return {
    text: [`在办议题：${line}`, ...text, '已经决定的看 /决议。'].join('\n'),
    card: {
      title: views.length > 1 ? '三重一大清单' : `${NAMES[views[0]!]!}清单`,
      tone: 'neutral',
      summary: line,
      sections: sections.map(({ heading, lines }) => ({ heading, lines })),
      actions: [
        ...items.slice(0, 6).map((i) => button(`/议题 ${i.id}`, `看 ${i.id}`)),
        ...others.map((v) => button(`/议题 ${v}`, NAMES[v]!)),
      ].slice(0, 9),
    },
  };
}

const lineOf = (i: AgendaItem): string => {
  const amount = Number(i.fields['amount']);
  return `${i.id} ${i.title}（${ITEM_STATES[i.state]}${amount > 0 ? `，${moneyOf(amount)}` : ''}）`;
};
