import { hasRole } from '../../domain/member.ts';
import type { Command } from '../command.ts';
import { bindRequest, confirmBinding, refuseBinding } from './bind.ts';
import { isUnbound } from './unbound.ts';

/** Who is who: an account asks to be bound, the office answers. */
export const MEMBER_COMMANDS: readonly Command[] = [
  {
    name: '绑定',
    aliases: ['bind'],
    help: '/绑定 张三　说明您是谁，请办公室核对',
    forWhom: isUnbound,
    run: bindRequest,
  },
  {
    name: '确认绑定',
    aliases: ['confirm-bind'],
    help: '/确认绑定　核对后把账号绑定给成员（办公室；一般按卡片上的按钮）',
    forWhom: (m) => hasRole(m, 'office'),
    run: confirmBinding,
  },
  {
    name: '拒绝绑定',
    aliases: ['refuse-bind'],
    help: '/拒绝绑定　不是本人，不绑定（办公室；一般按卡片上的按钮）',
    forWhom: (m) => hasRole(m, 'office'),
    run: refuseBinding,
  },
];
