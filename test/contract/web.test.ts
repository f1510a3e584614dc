import { WEB, webRig } from './rigs/web.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('网页对话', WEB, webRig);
