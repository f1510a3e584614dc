import { existsSync } from 'node:fs';
import { join } from 'node:path';

const MOCK = join(import.meta.dirname, '../../adapters/wechaty/node_modules/wechaty-puppet-mock');

/** Why the tests with the mock puppet are skipped, or nothing. */
export const noWechaty: string | undefined = existsSync(MOCK)
  ? undefined
  : 'Wechaty is not installed; npm run wechaty:install -- --include=dev';
