import { EXAMPLE_PLATFORM, exampleRig } from './rigs/example.ts';
import { holdsTheConversations } from './suite.ts';

holdsTheConversations('示例平台（docs/adapters.md）', EXAMPLE_PLATFORM, exampleRig);
