import { FEISHU, feishuRig } from './rigs/feishu.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('飞书长连接', FEISHU, () => feishuRig('socket'));
