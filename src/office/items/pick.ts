import type { AgendaItem } from '../../domain/agenda-item.ts';
import { button, refIn, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { maySeeItem } from './may.ts';

/** Most items offered when it is not clear which is meant. */
const MOST_OFFERED = 6;

/**
 * The item a command is about: named by id or official number, else the one spoken of last, else the only one that fits.
 * Otherwise refuses and offers those that fit as buttons. What the speaker may not see is as if it were not there.
 */
export function pickItem(
  scene: Scene,
  said: Said,
  command: string,
  wanted: (item: AgendaItem) => boolean = () => true,
): { item: AgendaItem; rest: string } {
  const { id, rest } = refIn(said.words, 'Y');
  const seen = scene.all('item').filter((i) => maySeeItem(scene.by, i, scene.roster));
  if (id) {
    const item = scene.item(id);
    if (!item || !maySeeItem(scene.by, item, scene.roster))
      throw new Refusal('unknown-item', `没有找到议题 ${id}。发 /议题 看您的议题。`);
    return { item, rest };
  }
  const byNumber = seen.find((i) => i.number && said.words.toUpperCase().includes(i.number));
  if (byNumber) return { item: byNumber, rest: said.words.replace(new RegExp(byNumber.number!, 'i'), '').trim() };
  const last = scene.about ? scene.item(scene.about) : undefined;
  if (last && wanted(last) && maySeeItem(scene.by, last, scene.roster)) return { item: last, rest };
  const fits = seen.filter(wanted);
  if (fits.length === 1) return { item: fits[0]!, rest };
  if (fits.length === 0)
    throw new Refusal(
      'no-item',
      '现在没有能这样办的议题。发 /议题 加一句话就能起草一个，例如“/议题 更换食堂承包商 预算60万”。',
    );
  throw new Refusal(
    'which-item',
    '是哪一个议题？',
    fits.slice(0, MOST_OFFERED).map((i) => button(`/${command} ${i.id} ${rest}`.trim(), `${i.id} ${i.title}`)),
  );
}
