import { button } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { extendFields, progressFields, reconsiderFields } from './fields.ts';
import type { Resolution } from '../../domain/resolution.ts';

/** What people call 复议 and is none (procedure section 6), with what to do instead. A change of substance outweighs them all. */
const SUBSTANCE =
  /金额|预算|价格|涨价|方案|范围|标准|对象|变更|改为|改成|取消|撤销|不再|政策|规定|依据|错误|违规|异议|举报|停止|暂停/;
const TYPO = /错别字|错字|别字|笔误|文字(?:错误|更正|修改|勘误)|标点|漏字|多字|打错|写错(?:了)?(?:字|名)/;
const DELAY =
  /延期|延后|推迟|来不及|赶不上|晚(?:几|一|两|\d)|拖(?:延|期)|时间不够|完不成|时限|顺延|进度(?:慢|滞后|延后)/;
const APPROVED =
  /(?:上级|教育局|财政局|主管部门|市里|区里|县里|局里).{0,8}(?:已|新)?.{0,4}批复|(?:新|最新|收到|下达).{0,3}批复/;

/** Said after the first refusal by whoever knows better: `/复议 J5 仍要复议 …`. */
export const INSISTS = '仍要复议';

export function mustBeReconsideration(scene: Scene, r: Resolution, facts: string): void {
  const insist = button(`/复议 ${r.id} ${INSISTS}`, INSISTS, 'default', reconsiderFields);
  const refuse = (what: string, instead: string, action: ReturnType<typeof button>) =>
    new Refusal('not-reconsideration', `${what}不属于复议：${instead}若决定内容本身要变，请点“${INSISTS}”。`, [
      action,
      insist,
    ]);
  if (TYPO.test(facts) && !SUBSTANCE.test(facts.replace(TYPO, '')))
    throw refuse(
      '只改错别字',
      `请办公室按勘误改正纪要（${
        scene.roster
          .withRole('office')
          .map((m) => m.name)
          .join('、') || '办公室'
      }）。`,
      button(`/决议 ${r.id}`, '看决议'),
    );
  if (APPROVED.test(facts))
    throw refuse(
      '上级已有新批复',
      '按批复更新执行，在进展里写明批复文号并附上。',
      button(`/进展 ${r.id} 正常推进`, '按批复更新执行', 'primary', progressFields),
    );
  if (DELAY.test(facts) && !SUBSTANCE.test(facts))
    throw refuse('执行进度延后', '请申请延期。', button(`/延期 ${r.id}`, '申请延期', 'primary', extendFields));
}
