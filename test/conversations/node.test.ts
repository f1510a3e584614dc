import { describe } from 'vitest';
import { startService } from '../fakes/service.ts';
import { conversations } from './conversations.ts';

describe('on Node, over SQLite', () => {
  conversations(() => startService().post);
});
