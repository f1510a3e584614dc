import { clean } from './src/library/clean.ts';
import { structure } from './src/library/structure.ts';
import { readFileSync, readdirSync } from 'node:fs';
const dir='/work/shared/corpus/';
for (const f of readdirSync(dir)) {
  const c = clean(readFileSync(dir+f,'utf8'));
  console.log('=====',f);
  for (const p of structure(c.text)) console.log(p.key, `[${p.end-p.start}]`, p.label, p.headings.join(' > '), '\n    ', c.text.slice(p.start,p.start+60).replaceAll('\n','⏎'),'…',c.text.slice(p.end-20,p.end));
}
const reg = `XX中学议事规则\n第一章 总则\n第一条 为规范学校议事，制定本规则。\n第二条 学校重大事项按下列程序决定：\n（一）提出议题；\n（二）会前沟通；\n（三）会议决定。\n前款规定以外的事项，由校长决定。\n第二章 会议\n第一节 党组织会议\n第三条 党组织会议由书记主持。第四条规定的除外。\n第四条之一 列席人员没有表决权。\n第三章 附则\n第五条 本规则自2024年9月1日起施行。\nXX中学\n2024年8月20日\n附件1：议题申报表\n项目 内容\n附件2：会议纪要样式\n标题 内容`;
for (const p of structure(reg, undefined, 'XX中学议事规则')) console.log(p.key, p.label, p.headings.join(' > '), '|', reg.slice(p.start,p.end).replaceAll('\n','⏎'));
