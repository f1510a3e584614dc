// Some registries lack some optional platform packages of the versions named; `npm install` then drops them from the lock
// without a word and `npm ci` stops with EUSAGE. This writes the missing entries back: npm fetches them where a registry
// has them and skips them where it has not. Run it after every `npm install` (npm run lock does both).
import { readFileSync, writeFileSync } from 'node:fs';

const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages } = lock;
const SYSTEMS = ['android', 'darwin', 'freebsd', 'openharmony', 'win32', 'linux'];
const PROCESSORS = ['arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'x64'];

/** Whether a package is found from where another stands, walking up as Node does. */
function isThere(from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (!base) return false;
  }
}
const systemOf = (name) => SYSTEMS.find((s) => name.includes(s)) ?? (name.includes('windows') ? 'win32' : undefined);
const processorOf = (name) =>
  PROCESSORS.find((p) => name.includes(p)) ?? (/arm/.test(name) ? 'arm' : name.endsWith('-64') ? 'x64' : undefined);

for (const [from, { optionalDependencies = {}, dev }] of Object.entries(packages))
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const tail = name.split('/').pop();
    const [os, cpu] = [systemOf(tail), processorOf(tail)];
    if (isThere(from, name) || !os) continue;
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~>=]+/, ''),
      ...(cpu && { cpu: [cpu] }),
      ...(dev && { dev: true }),
      ...(os === 'linux' && { libc: [/musl/.test(tail) ? 'musl' : 'glibc'] }),
      optional: true,
      os: [os],
    };
  }
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
