import { newItem } from './new-item.ts';
import type { AgendaItem } from '../../domain/agenda-item.ts';
import type { Resolution } from '../../domain/resolution.ts';
import type { Scene } from '../scene.ts';
import { askNext } from './ask-next.ts';

/** What is proposed of the old resolution (form 9): the first word says it. */
const changeIn = (proposal = ''): string => /^(?:维持|调整|撤销|暂停执行)/.exec(proposal)?.[0] ?? '调整';

/**
 * The agenda item of a reconsideration (复议): the same matter, bodies and steps as the original, all of them anew; the old
 * resolution stays in force until it is decided (procedure section 6). `fields` go over the original's form;
 * the applicant is its sponsor.
 */
export function raiseReconsideration(
  scene: Scene,
  original: AgendaItem,
  resolution: Resolution,
  applicant: string,
  fields: Readonly<Record<string, string>>,
): AgendaItem {
  const subject = original.title.replace(/^关于/, '').replace(/的请示$/, '');
  const item = newItem(scene, {
    title: `关于${changeIn(fields['proposal'])}${resolution.number}（${subject}）的请示`,
    state: 'draft',
    matter: original.matter,
    ruling: original.ruling,
    fields: {
      ...original.fields,
      ...fields,
      decision_asked: `请审议是否同意${changeIn(fields['proposal'])}${resolution.number}（${subject}）`,
    },
    legs: original.legs.map(({ body, act, name }) => ({ body, act, ...(name && { name }) })),
    gates: original.gates.map((g) => ({ ...g, state: 'open', records: [] })),
    sponsor: applicant,
    ...(original.department && { department: original.department }),
    ...(original.deputy && { deputy: original.deputy }),
    origin: { kind: 'direct', id: applicant },
    reconsiders: resolution.id,
  });

  scene.putItem(item);
  const submitted = scene.putItem({ ...item, state: 'preparing' });
  scene.did('raise-reconsideration', item.id, { resolution: resolution.id }, item.ruling.rulesVersion);
  askNext(scene, undefined, submitted);
  return submitted;
}
