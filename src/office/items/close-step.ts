import { type AgendaItem, type Gate, openGates } from '../../domain/agenda-item.ts';
import type { Reply } from '../../domain/message.ts';
import { mustBe, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { done, mustBePreparing, mustClose, recordGate } from './gate-record.ts';
import { shortName } from './gate-buttons.ts';
import { closersOf, mayBeWaived } from './gates.ts';
import { itemCard } from './item-card.ts';
import { pickItem } from './pick.ts';

/** `/前置 Y12 parents 家长委员会会议记录.docx`: a step is done, with its evidence; or is not needed, with the reason. */
export function closeStep(scene: Scene, said: Said): Reply {
  const { item, rest: typed } = pickItem(scene, said, '前置', (i) => i.state === 'preparing');
  const rest = [said.values['step'] ?? '', typed].filter(Boolean).join(' ');
  mustBePreparing(scene, item);
  const gate = stepIn(scene, item, rest);
  if (!gate)
    return {
      text: `${
        openGates(item).length
          ? `议题 ${item.id} 还没办的：${openGates(item).map(shortName).join('；')}。`
          : `议题 ${item.id} 的前置步骤都办结了。`
      }`,
      card: itemCard(scene, item, scene.by),
    };
  const OWN: Readonly<Record<string, string>> = {
    dept: '审核',
    deputies: '审核',
    sp_talk: '沟通',
    members: '酝酿',
    chair: '确定',
  };
  const own = OWN[gate.code];
  if (own)
    throw new Refusal(
      'own-command',
      `“${gate.name}”请用 /${own} ${item.id}。`,
      itemCard(scene, item, scene.by).actions,
    );
  const words = rest.replace(gate.code, '').replace(gate.name, '').trim();
  if (/^无需|^不需要|^不涉及/.test(words))
    return waive(scene, item, gate, said.values['note'] ?? words.replace(/^(?:无需|不需要|不涉及)[：:，,\s]*/, ''));
  mustClose(scene, item, gate);
  const evidence = (said.values['evidence'] ?? words).trim();
  if (evidence === '')
    throw new Refusal(
      'no-evidence',
      `“${gate.name}”办结要有材料或佐证：写上文件名、编号或会议时间，例如“/前置 ${item.id} ${gate.code} 家委会会议纪要（11月20日）”。`,
    );
  if (NOT_YET.test(evidence))
    throw new Refusal('not-yet', `“${gate.name}”要办完了再登记，写上已经有的材料，例如会议纪要、意见书。`);
  const note = said.values['note']?.trim();
  const next = recordGate(scene, item, gate, 'passed', { outcome: '完成', evidence, ...(note && { note }) });
  return done(scene, next, `“${gate.name}”已办结。`);
}

/** What is only planned is no evidence. */
const NOT_YET = /^(?:明天|后天|下周|下个?月|明年|计划|准备|打算|拟|将|待|等|还没|尚未|正在)/;

/** The step the words name: by its code, or by words of its name; of several the speaker's own. */
function stepIn(scene: Scene, item: AgendaItem, words: string): Gate | undefined {
  const own = (g: Gate) => closersOf(item, g, scene.roster, scene.school.dualRole === true).includes(scene.by);
  const open = openGates(item).toSorted((a, b) => Number(own(b)) - Number(own(a)));
  const first = words.split(/\s+/)[0] ?? '';
  return (
    open.find((g) => g.code === first) ??
    open.find((g) => words.includes(g.name)) ??
    (first.length >= 2 ? open.find((g) => g.name.includes(first)) : undefined)
  );
}

function waive(scene: Scene, item: AgendaItem, gate: Gate, why: string): Reply {
  if (!mayBeWaived(gate.code)) throw new Refusal('never-waived', `“${gate.name}”是规定动作，不能免。`);
  const { body } = item.legs[gate.leg]!;
  const chair = body === 'party' || body === 'principal' ? scene.roster.chairOf(body) : undefined;
  mustBe([item.deputy, chair?.id].includes(scene.by.id), `认定“${gate.name}”不需要`, '分管领导或会议主持人');
  if (why.trim() === '') throw new Refusal('no-reason', `认定无需要写理由：/前置 ${item.id} ${gate.code} 无需 理由`);
  const next = recordGate(scene, item, gate, 'waived', { outcome: '无需', note: why.trim() });
  return done(scene, next, `“${gate.name}”记为无需。`);
}
