import { clean } from './src/library/clean.ts';
import { structure } from './src/library/structure.ts';
import { readMetadata } from './src/library/metadata.ts';
import { readFileSync, readdirSync } from 'node:fs';
const dir='/work/shared/corpus/'; const all = readdirSync(dir).map(f=>readFileSync(dir+f,'utf8')).join('\n');
for (const n of [5,20,80]) { const raw = all.repeat(n); let t=performance.now(); const c=clean(raw); const t1=performance.now()-t; t=performance.now(); const p=structure(c.text); const t2=performance.now()-t; t=performance.now(); readMetadata(c.text); console.log(raw.length, Math.round(t1), Math.round(t2), Math.round(performance.now()-t), p.length, c.marks.length); }
// adversarial
for (const [name, s] of Object.entries({ digits:'1、'.repeat(200000), nl:'\n'.repeat(1e6), stars:'党*'.repeat(200000), caps:'党W'.repeat(200000), paren:'('.repeat(500000)+')'.repeat(500000), blanks:'党 '.repeat(300000), sp:' '.repeat(1e6)+'x', pages: Array.from({length:20000},(_,i)=>`${i+1}、${'长'.repeat(130)}`).join('\n'), book:'《'.repeat(300000), bh:'一、'+'标'.repeat(300000), cn:'（一）'.repeat(200000), quotes:'“'.repeat(300000), repeals:'《旧的办法文》、'.repeat(100000), lineSpaces:('x'+' '.repeat(2000)+'\n').repeat(500), art: '第一条'.repeat(200000), dots:'。'.repeat(500000), scan:'扫描'.repeat(300000)+'\n', more:'更多'.repeat(300000), trad:'學校'.repeat(300000), dash:'中 - 1'.repeat(200000), zh:'零'.repeat(500000)})) {
 let t=performance.now(); const c=clean(s); const t1=performance.now()-t; t=performance.now(); const p=structure(c.text); const t2=performance.now()-t; t=performance.now(); readMetadata(c.text); console.log(name, s.length, Math.round(t1), Math.round(t2), Math.round(performance.now()-t), p.length);
}
