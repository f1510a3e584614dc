import { clean } from './src/library/clean.ts';
import { readFileSync, readdirSync } from 'node:fs';
const dir='/work/shared/corpus/';
for (const f of readdirSync(dir)) {
  const raw = readFileSync(dir+f,'utf8');
  const t0=performance.now(); const c = clean(raw);
  console.log('=====',f,Math.round(performance.now()-t0),'ms', clean(c.text).text===c.text);
  console.log(c.text);
  console.log(c.marks.filter(m=>!['punctuation','blank'].includes(m.kind)).map(m=>`${m.kind}:${JSON.stringify(raw.slice(m.rawStart,m.rawEnd).slice(0,30))}→${c.text.slice(Math.max(0,m.start-3),m.end+2)}`).join('\n'));
}
