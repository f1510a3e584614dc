import { readFileSync } from 'node:fs';
import { SearchIndex } from '../src/library/search/search-index.ts';
import { RECIPE } from '../src/library/search/recipe.ts';
import { loadLexicon } from '../src/entry/knowledge/lexicon.ts';
const mem=(l:string)=>{(globalThis as any).gc?.();const m=process.memoryUsage();console.log(l,'rss',m.rss>>20,'heap',m.heapUsed>>20,'ab',m.arrayBuffers>>20)};
mem('start');
const lines=readFileSync('/tmp/big.jsonl','utf8').trim().split('\n');
let docs=JSON.parse(lines[0]!).docs;lines[0]='';mem('parsed');
const ix=new SearchIndex(loadLexicon('.'));
let t=performance.now();ix.add(docs);console.log('build',(performance.now()-t).toFixed(0));docs=null;mem('built');
const qs=lines.slice(1).map(l=>JSON.parse(l).q);
for(const v of [[0,1],[1],[]]){(RECIPE as any).documentVoices=v;ix.remove([]);
const ls:number[]=[];for(const q of qs){t=performance.now();ix.search(q,10);ls.push(performance.now()-t)}
ls.sort((a,b)=>a-b);console.log(v,'p50',ls[200]!.toFixed(2),'p99',ls[396]!.toFixed(2))}
const p=(ix as any).stored.segments[0];console.log(p.voices.map((v:any)=>[v.keys.length,v.docs.length,(v.docs.length*3+v.keys.length*8)>>20]),p.ids.length);
