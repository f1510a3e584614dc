import { AIBOT_SOCKET, aibotSocketRig } from './rigs/wecom-aibot.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('企业微信智能机器人长连接', AIBOT_SOCKET, aibotSocketRig);
