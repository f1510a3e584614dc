import { FEISHU_SOCKET, feishuRig } from './rigs/feishu.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('飞书长连接', FEISHU_SOCKET, () => feishuRig('socket'));
