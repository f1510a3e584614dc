import { AIBOT_CALLBACK, aibotCallbackRig } from './rigs/wecom-aibot.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('企业微信智能机器人回调', AIBOT_CALLBACK, aibotCallbackRig);
