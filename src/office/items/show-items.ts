import { type AgendaItem, openGates } from '../../domain/agenda-item.ts';
import type { PaperRef, Reply } from '../../domain/message.ts';
import { paperRef } from '../../domain/papers.ts';
import { button, refIn, type Said } from '../command.ts';
import type { Scene } from '../scene.ts';
import { closersOf } from './gates.ts';
import { itemCard, ITEM_STATES } from './item-card.ts';
import { itemViews, viewIn } from './item-views.ts';
import { maySeeItem } from './may.ts';
import { pickItem } from './pick.ts';
import { raiseItem } from './raise.ts';
import { fieldsFrom } from './item-fields.ts';

/** The form; of a reconsideration its application too; the whole folder (一事一卷) once a meeting has dealt with it. */
const papersOf = (item: AgendaItem): readonly PaperRef[] => [
  paperRef('item-form', item.id, item.ruling.confidentiality === 'committee_only' ? '' : item.title),
  ...(item.reconsiders ? [paperRef('reconsideration', item.id)] : []),
  ...(item.legs.some((l) => l.done) ? [paperRef('folder', item.id)] : []),
];

const MOST_LISTED = 12;

/** `/议题`: a list of those the speaker has to do with; with an id that item; with a sentence a new draft. */
export function items(scene: Scene, said: Said): Reply {
  const words = said.words.trim();
  const { id, rest } = refIn(words, 'Y');
  if (id && rest === '') {
    const { item } = pickItem(scene, said, '议题');
    scene.about = item.id;
    const card = itemCard(scene, item, scene.by);
    return {
      text: `${card.title}。${card.summary}`,
      card,
      papers: papersOf(item),
    };
  }
  const views = viewIn(words);
  if (views.length > 0) return itemViews(scene, views);
  if (words !== '' || said.quoted?.trim()) return raiseItem(scene, words, fieldsFrom(said.values), said.quoted);
  return list(scene);
}

function list(scene: Scene): Reply {
  const open = scene.all('item').filter((i) => i.state !== 'decided' && i.state !== 'withdrawn');
  const mine = open.filter((i) => maySeeItem(scene.by, i, scene.roster) && concerns(scene, i));
  const how = '写一句话就能起草：/议题 更换食堂承包商 预算60万';
  // In a group only what may be said there.
  const shown = scene.place.kind === 'group' ? mine.filter((i) => i.ruling.confidentiality !== 'committee_only') : mine;
  if (shown.length === 0) return { text: `现在没有和您有关的议题。${how}` };
  const line = (i: AgendaItem) => `${i.id} ${i.title}（${ITEM_STATES[i.state]}）`;
  return {
    text: [`和您有关的议题${shown.length}个：`, ...shown.slice(0, MOST_LISTED).map(line), how].join('\n'),
    card: {
      title: '议题',
      tone: 'neutral',
      summary: `和您有关的议题${shown.length}个`,
      sections: [{ heading: '在办', lines: shown.slice(0, MOST_LISTED).map(line) }],
      actions: shown.slice(0, 8).map((i) => button(`/议题 ${i.id}`, i.id)),
      footer: how,
    },
  };
}

/** Raised, reviewed or decided by the speaker, or waiting for a step that is theirs. */
const concerns = (scene: Scene, item: AgendaItem): boolean =>
  [item.sponsor, item.deputy].includes(scene.by.id) ||
  scene.by.bodies.length > 0 ||
  openGates(item).some((g) => closersOf(item, g, scene.roster, scene.school.dualRole === true).includes(scene.by));
