import { noWechaty } from '../wechaty/no-wechaty.ts';
import { WECHATY, wechatyRig } from './rigs/wechaty.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('Wechaty', WECHATY, wechatyRig, noWechaty);
