import { FEISHU, feishuRig } from './rigs/feishu.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('飞书 webhook', FEISHU, () => feishuRig('webhook'));
