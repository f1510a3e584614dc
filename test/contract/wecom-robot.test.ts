import { WECOM_ROBOT, wecomRobotRig } from './rigs/wecom-robot.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('企业微信群机器人', WECOM_ROBOT, wecomRobotRig);
