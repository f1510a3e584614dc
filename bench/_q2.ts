import { readFileSync } from 'node:fs';
import { SearchIndex } from '../src/library/search/search-index.ts';
import { queryOf } from '../src/library/search/query.ts';
import { Expansions } from '../src/library/search/lexicon.ts';
import { placeOf } from '../src/library/search/postings.ts';
import { Scorer } from '../src/library/search/score.ts';
import { best } from '../src/library/search/best.ts';
import { loadLexicon } from '../src/entry/knowledge/lexicon.ts';
const lines=readFileSync('/tmp/big.jsonl','utf8').trim().split('\n');
const ix=new SearchIndex(loadLexicon('.'));ix.add(JSON.parse(lines[0]!).docs);
const qs=lines.slice(1).map(l=>JSON.parse(l).q);const ex=new Expansions(loadLexicon('.'));
const segs=ix.stored.segments;let vis=[0,0,0],terms=[0,0,0];
for(const q of qs){const Q=queryOf(q,ex);Q.keys.forEach((ks,v)=>{terms[v]!+=ks.length;for(const k of ks)for(const s of segs){const vo=s.voices[v]!;const p=placeOf(vo.keys,k);if(p>=0)vis[v]!+=vo.starts[p+1]!-vo.starts[p]!}})}
console.log('avg visited',vis.map(x=>x/qs.length|0),'terms',terms.map(x=>x/qs.length));
(await import('../src/library/search/recipe.ts')).RECIPE.floor=1.5;const sc=new Scorer(segs,ix.stored.documents.length);
for(let r=0;r<3;r++){let a=0,b=0,c=0;for(const q of qs){let t=performance.now();const Q=queryOf(q,ex);a+=performance.now()-t;t=performance.now();const s=sc.score(Q);b+=performance.now()-t;t=performance.now();best(segs,s,10);c+=performance.now()-t}
console.log('query',(a/qs.length).toFixed(3),'score',(b/qs.length).toFixed(3),'best',(c/qs.length).toFixed(3));}
