import { readSet, damage, marks } from '/work/main/bench/retrieval-data.ts';
import { buildIndex } from '/work/main/src/library/search/search-index.ts';
import { RECIPE } from '/work/main/src/library/search/recipe.ts';
const R:any=RECIPE;
let lexicon:any=undefined;
if(process.env.LEX){const {parse}=await import('yaml');const fs=await import('node:fs');const y=parse(fs.readFileSync('/work/main/knowledge/lexicon.yaml','utf8'));
 lexicon={pairs:Object.entries(y.words).map(([m,s]:any)=>({mean:m.split('|'),say:s.split('|')}))};if(process.env.LEX=="2"){const {lexiconOf}=await import("/work/main/src/library/search/lexicon-of.ts");const {loadKnowledge}=await import("/work/main/src/entry/knowledge/load.ts");lexicon=lexiconOf(loadKnowledge("/work/main").book,lexicon)}}
const dirs=(process.env.DIRS??'/work/main/test/data/retrieval').split(',');
const sets=dirs.map(d=>readSet(d)); 
const idx=sets.map(s=>buildIndex(s.docs,lexicon));
const dam=sets.map(s=>buildIndex(damage(s).docs,lexicon));
function ev(ix:any,s:any,pre=''){let n=0,a=0,b=0;for(const q of s.queries){if(!q.id.startsWith(pre))continue;const m=marks(ix.search(q.text,10).map((h:any)=>h.id),s.grades.get(q.id));a+=m.ndcg;b+=m.recall;n++}return n?(a/n).toFixed(4)+'/'+(b/n).toFixed(3):''}
function all(label:string){console.log(label.padEnd(40),sets.map((s,i)=>['a','c'].map(p=>ev(idx[i],s,p)).join(' ')+' dmg '+ev(dam[i],s)).join(' | '))}
const ts=performance.now();all('base');console.log((performance.now()-ts).toFixed(0),'ms');
if(process.argv[2]){for(const line of process.argv.slice(2)){const old=JSON.stringify(R);const o=JSON.parse(line);Object.assign(R,o);for(const ix of [...idx,...dam])ix.remove([]);all(line);Object.assign(R,JSON.parse(old));}}
