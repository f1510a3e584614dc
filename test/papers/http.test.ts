import { describe, expect, it } from 'vitest';
import { disposition, paperRoutes } from '../../src/http/papers.ts';
import { cadre, canteen, contractor, deeds, partyMeeting, roster, school, sources } from './a-case.ts';
import { textOf } from './read-back.ts';

const { reader: _, ...base } = sources();
const found = {
  Y12: { ...base, item: canteen, meetings: [partyMeeting], deeds },
  Y13: { ...base, item: cadre },
  H3: { ...base, meeting: partyMeeting },
  H4: { ...base, meeting: { ...partyMeeting, id: 'H4', state: 'open' as const } },
  J5: { ...base, resolution: contractor, meeting: partyMeeting },
};
const routes = (demo = true) =>
  paperRoutes({
    demo,
    school: () => school,
    memberOf: async (_school, id) => roster.get(id),
    sourcesOf: async (_school, _member, { id }) => found[id as keyof typeof found],
  });
const get = (path: string, demo?: boolean) => routes(demo).request(path);

describe('GET /papers', () => {
  it('hands out the paper under its Chinese name', async () => {
    const answer = await get('/papers/minutes/H3?from=secretary');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
    const header = answer.headers.get('content-disposition')!;
    expect(header).toMatch(/^attachment; filename="minutes-H3\.docx"; filename\*=UTF-8''[\w%.-]+$/);
    expect(decodeURIComponent(header.split("''")[1]!)).toBe('会议纪要-H3-党会〔2026〕第3次.docx');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(await textOf(new Uint8Array(await answer.arrayBuffer()))).toContain('会议决定');
  });
  it('hands out the folder as a zip', async () => {
    const answer = await get('/papers/folder/y12?from=office');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect([...new Uint8Array(await answer.arrayBuffer()).subarray(0, 4)]).toEqual([0x50, 0x4b, 3, 4]);
  });
  it('makes the paper for the one who asks', async () => {
    const text = async (from: string) =>
      textOf(new Uint8Array(await (await get(`/papers/notice/H3?from=${from}`)).arrayBuffer()));
    expect(await text('secretary')).toContain('副主任');
    expect(await text('union')).not.toContain('副主任');
  });
  it('refuses with the reason who may not have it', async () => {
    const answer = await get('/papers/record/H3?from=teacher');
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({
      error: { code: 'not-yours', message: expect.stringContaining('会议成员和记录人') },
    });
  });
  it('answers the same where a paper is not there and where it is not to be known of', async () => {
    const all = ['item-form/Y13', 'item-form/Y99', 'reconsideration/Y99', 'what/Y12', 'minutes/Y12', 'item-form/..%2f'];
    const bodies = await Promise.all(
      all.map(async (p) => {
        const answer = await get(`/papers/${p}?from=teacher2`);
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toMatch(/^404 .*"not-found"/);
  });
  it('knows no stranger, and nobody outside the demo', async () => {
    expect((await get('/papers/minutes/H3?from=nobody')).status).toBe(403);
    expect((await get('/papers/minutes/H3')).status).toBe(403);
    expect((await get('/papers/minutes/H3?from=secretary', false)).status).toBe(404);
  });
  it('says when it is too early', async () => {
    const answer = await get('/papers/minutes/H4?from=secretary');
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ error: { code: 'not-yet' } });
  });
  it('writes names that headers can carry, whatever is in them', () => {
    expect(disposition("a'(b)*\ud800.docx", 'x.docx')).toBe(
      'attachment; filename="x.docx"; filename*=UTF-8\'\'a%27%28b%29%2A%EF%BF%BD.docx',
    );
  });
});
