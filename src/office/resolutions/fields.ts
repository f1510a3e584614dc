import type { CardField } from '../../domain/message.ts';
import { RECONSIDER_PROPOSALS, RECONSIDER_REASONS } from '../../domain/resolution.ts';
import { choice, date, text } from './words.ts';

/** The forms of this room, by command. */
export const progressFields: readonly CardField[] = [
  text('text', '进展（做到哪一步）'),
  text('evidence', '佐证（文件名或链接）', false),
];
export const blockedFields: readonly CardField[] = [text('text', '卡在哪里，需要谁帮什么')];
export const closingFields: readonly CardField[] = [text('evidence', '佐证材料（验收单、照片、文件名或链接）')];
export const extendFields: readonly CardField[] = [date('until', '新的完成时限'), text('why', '延期理由')];
export const whyFields = (label: string): readonly CardField[] => [text('why', label)];
export const reconsiderFields: readonly CardField[] = [
  choice('reason', '复议理由', RECONSIDER_REASONS),
  text('facts', '变化的事实与证据'),
  text('impact', '变更与不变更各有什么影响，已执行的怎么处理'),
  choice('proposal', '建议', RECONSIDER_PROPOSALS),
];
export const cadreFields: readonly CardField[] = [
  { name: 'agreed', label: '同意复议的党组织班子成员人数', type: 'number', required: true },
];
