import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// The Workers bundle, compressed, must stay well under the 10 MB of the paid plan: a start reads all of it.
const MOST = 4 * 1024 * 1024;
const folder = join(import.meta.dirname, '../dist/worker');
const size = readdirSync(folder)
  .filter((name) => /\.(?:js|wasm|bin|json)$/.test(name))
  .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
console.log(`Workers bundle: ${(size / 1024 / 1024).toFixed(2)} MB compressed, at most ${MOST / 1024 / 1024} MB`);
if (size === 0 || size > MOST) process.exit(1);
