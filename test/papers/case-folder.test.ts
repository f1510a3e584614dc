import { describe, expect, it } from 'vitest';
import { makeCaseFolder } from '../../src/papers/case-folder.ts';
import { again, cadre, canteen, contractor, deeds, member, partyMeeting, principalMeeting, sources } from './a-case.ts';
import { partsOf, textOf } from './read-back.ts';
import { unzipSync } from 'fflate';

const folder = (reader: string, item = canteen, meetings = [principalMeeting, partyMeeting]) =>
  makeCaseFolder(item, { ...sources(), meetings, deeds, reader: member(reader) });
const namesIn = (bytes: Uint8Array) => [...partsOf(bytes).keys()];

describe('the case folder', () => {
  it('holds the papers of the item in the order they came about, with contents and audit extract', async () => {
    const { name, bytes } = await folder('office');
    expect(name).toBe('卷宗-Y12-关于更换食堂承包商的请示.zip');
    expect(namesIn(bytes)).toEqual([
      '01-议题申报单-Y12-关于更换食堂承包商的请示.docx',
      '02-会议通知-H2-校办会〔2026〕第8次.docx',
      '03-会议议程-H2-校办会〔2026〕第8次.docx',
      '04-会议记录-H2-校办会〔2026〕第8次.docx',
      '05-会议纪要-H2-校办会〔2026〕第8次.docx',
      '06-会议通知-H3-党会〔2026〕第3次.docx',
      '07-会议议程-H3-党会〔2026〕第3次.docx',
      '08-会议记录-H3-党会〔2026〕第3次.docx',
      '09-会议纪要-H3-党会〔2026〕第3次.docx',
      '10-督办单-J5-更换食堂承包商.docx',
      '11-审计摘录-Y12.txt',
      '00-目录.txt',
    ]);
  });
  it('says what it leaves out and why', async () => {
    const contents = partsOf((await folder('teacher')).bytes).get('00-目录.txt')!;
    expect(contents).toContain('未列入　会议记录 H3　会议记录只有会议成员和记录人能看');
    expect(contents).toContain('为林老师（教师）制作');
  });
  it('gives the sponsor no record, no details of the log and no other restricted item', async () => {
    const { bytes } = await folder('teacher');
    const parts = partsOf(bytes);
    expect(namesIn(bytes).filter((n) => n.includes('会议记录'))).toEqual([]);
    expect(parts.get([...parts.keys()].find((n) => n.includes('审计摘录'))!)).not.toContain('不同看法');
    for (const [name, body] of Object.entries(unzipSync(bytes)))
      if (name.endsWith('.docx')) expect(await textOf(body)).not.toMatch(/副主任|宜重新公开选择/);
  });
  it('gives a member the details of the log with each hash', async () => {
    const audit = [...partsOf((await folder('discipline')).bytes)].find(([n]) => n.includes('审计摘录'))![1];
    expect(audit).toContain('1　2026年11月9日09:15　林老师　raise-item　Y12　规则版本 2026.11');
    expect(audit).toContain('不同看法');
    for (const { hash } of deeds) expect(audit).toContain(hash);
  });
  it.each(['teacher', 'union', 'dean'])('keeps what was said in talks from %s, who does not decide', async (id) => {
    const audit = [...partsOf((await folder(id)).bytes)].find(([n]) => n.includes('审计摘录'))![1];
    expect(audit).not.toContain('不同看法');
    expect(audit).toContain('只有会议成员能看');
  });
  it('marks its names as UTF-8', async () => {
    const { bytes } = await folder('secretary');
    expect(new DataView(bytes.buffer, bytes.byteOffset).getUint16(6, true) & 0x800).toBe(0x800);
  });
  it('does not give the title of a restricted item away in its name', async () => {
    const { name, bytes } = await folder('secretary', cadre, []);
    expect(name).toBe('卷宗-Y13.zip');
    expect(namesIn(bytes).join()).not.toContain('人选');
  });
  it('of a reconsideration begins with the application, about the resolution to be changed', async () => {
    const { bytes } = await folder('secretary', again, []);
    expect(namesIn(bytes)[0]).toContain('01-复议申请-Y20');
    const first = Object.values(unzipSync(bytes))[0]!;
    expect(await textOf(first)).toContain(contractor.text);
  });
});
