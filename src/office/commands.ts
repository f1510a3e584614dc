import type { Command } from './command.ts';
import { ITEM_COMMANDS } from './items/commands.ts';
import { LEADER_COMMANDS } from './leaders/commands.ts';
import { MEMBER_COMMANDS } from './members/commands.ts';
import { MEETING_COMMANDS } from './meetings/commands.ts';
import { REMINDER_COMMANDS } from './reminders/commands.ts';
import { RESOLUTION_COMMANDS } from './resolutions/commands.ts';

/** Everything that can be done by a command, in the order of `/帮助`. */
export const COMMANDS: readonly Command[] = [
  ...ITEM_COMMANDS,
  ...MEETING_COMMANDS,
  ...RESOLUTION_COMMANDS,
  ...REMINDER_COMMANDS,
  ...LEADER_COMMANDS,
  ...MEMBER_COMMANDS,
];
