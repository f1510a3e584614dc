import { WECOM_APP_RIG, wecomAppRig } from './rigs/wecom-app.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('企业微信自建应用', WECOM_APP_RIG, wecomAppRig);
