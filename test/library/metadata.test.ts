import { describe, expect, it } from 'vitest';
import { isoDate, plainNumber, readMetadata } from '../../src/library/metadata.ts';
import { issuerLevel } from '../../src/library/metadata/issuers.ts';

const NOTICE = `甲市乙区教育局文件
乙教〔2024〕18号
乙区教育局关于印发
《中小学校服选用管理办法》的通知
各中小学校：
现将办法印发给你们。本通知依据教基〔2015〕3号文件制定。
第一条 校服由家长自愿选购。
第九条 本办法自2024年9月1日起施行，有效期5年。《乙区校服管理规定》（乙教〔2015〕6号）同时废止。
甲市乙区教育局
二〇二四年三月五日`;

describe('what a document says of itself', () => {
  it('reads a notice of the authority', () => {
    expect(readMetadata(NOTICE)).toMatchObject({
      title: { value: '乙区教育局关于印发《中小学校服选用管理办法》的通知' },
      issuer: { value: '甲市乙区教育局', sure: 'stated' },
      number: { value: '乙教〔2024〕18号', sure: 'stated' },
      level: { value: 'district' },
      issued: { value: '2024-03-05', sure: 'stated' },
      effectiveFrom: { value: '2024-09-01' },
      effectiveUntil: { value: '2029-09-01', sure: 'likely', evidence: '有效期5年' },
      repeals: [{ value: '乙区校服管理规定' }],
    });
  });
  it('reads a rule of the school', () => {
    expect(
      readMetadata(
        '乙县第一中学校服选用制度（试行）\n（2024年3月5日教代会通过）\n第一条 为规范校服选用，制定本制度。\n第二条 本制度自发布之日起施行，试行期一年。',
      ),
    ).toMatchObject({
      title: { value: '乙县第一中学校服选用制度（试行）' },
      issuer: { value: '乙县第一中学' },
      number: null,
      level: { value: 'school' },
      issued: { value: '2024-03-05' },
      effectiveFrom: { value: '2024-03-05' },
      effectiveUntil: { value: '2025-03-05' },
    });
  });
  it('does not take a document that is cited for its own number, nor invents what is not said', () => {
    expect(
      readMetadata('工作总结\n根据教基〔2015〕3号文件，我校开展了工作，取得了成绩，得到了家长的认可和社会的好评。'),
    ).toMatchObject({
      number: null,
      issued: null,
      issuer: null,
      effectiveFrom: null,
      effectiveUntil: null,
      level: { sure: 'guessed' },
    });
  });
  it('shows where each answer comes from', () => {
    for (const guess of Object.values(readMetadata(NOTICE)).flat())
      if (guess) expect(NOTICE.replace(/\n/g, '')).toContain(guess.evidence.replace(/[\n ]/g, ''));
  });
  it('knows the end of a term as the first day after it', () => {
    expect(readMetadata('办法\n有效期至2027年12月31日。').effectiveUntil?.value).toBe('2028-01-01');
  });
});

it.each([
  ['2024年3月5日', '2024-03-05'],
  ['二〇二四年十二月三十一日', '2024-12-31'],
  ['二○二四年三月五日', '2024-03-05'],
  ['2024-3-5', '2024-03-05'],
  ['2024年2月30日', null],
  ['1年2月3日', null],
])('reads the date %s', (text, day) => {
  expect(isoDate(text)).toBe(day);
});
it.each(['教基[2024]3号', '教基（2024）3号', '教基〔2024〕 3 号', '教基【2024】第3号'])(
  'writes %s one way',
  (number) => {
    expect(plainNumber(number)).toBe('教基〔2024〕3号');
  },
);
it.each([
  ['中共中央办公厅 国务院办公厅', 'central'],
  ['教育部', 'ministry'],
  ['广西壮族自治区教育厅', 'province'],
  ['北京市教育委员会', 'province'],
  ['北京市海淀区教育委员会', 'district'],
  ['玉林市教育局', 'city'],
  ['宁波市奉化区教育局', 'district'],
  ['浙江省宁波市教育局', 'city'],
  ['甲市第一中学', 'school'],
  ['中共乙县委教育工委', 'district'],
  ['', 'school'],
])('%s stands at %s', (issuer, level) => {
  expect(issuerLevel(issuer, '').value).toBe(level);
});
