import type { Reply } from '../domain/message.ts';
import type { Dialogue } from '../ports/store.ts';
import type { Desk } from './desk.ts';

const FIELDS = [
  '议题名称（写成“请审议是否同意……”）',
  '提出人、承办部门、分管领导',
  '事由和依据',
  '调研情况和比选方案',
  '金额和经费来源',
  '前置程序完成情况',
  '风险点',
  '拟办意见',
  '附件',
];

/** What a person needs to prepare; drafting in the chat itself comes with the agenda. */
export function draftReply(dialogue: Dialogue | null, desk: Desk): Reply {
  const matter = dialogue?.matter ? desk.reader.matter(dialogue.matter) : undefined;
  const about = matter ? `“${matter.name.zh}”` : '';
  return {
    text: [
      `在群里起草议题还没有开放。${about}的议题申报单请先备好这些：`,
      ...FIELDS.map((f, i) => `${i + 1}. ${f}`),
      '填好后请分管领导审核签字，交学校办公室。',
    ].join('\n'),
  };
}
