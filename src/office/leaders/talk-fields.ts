import type { CardAction, CardField } from '../../domain/message.ts';
import { button } from '../command.ts';

/** 沟通要点卡 (procedure 3.3): topics, what was agreed, what is still to be discussed; nothing about persons. */
export const TALK_FIELDS: readonly CardField[] = [
  { name: 'topics', label: '沟通主题', type: 'text', required: true },
  { name: 'agreed', label: '共识', type: 'text', required: false },
  { name: 'later', label: '待议项', type: 'text', required: false },
];
export const talkButton = (label = '填沟通要点卡'): CardAction => button('/沟通 要点', label, 'primary', TALK_FIELDS);
