import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { consoleAssets } from '../../src/console/assets.ts';
import { consolePages } from '../../src/console/pages.ts';
import { workdaysOf } from '../../src/domain/workdays.ts';
import { ROOT } from '../../src/entry/knowledge/compiled.ts';

const assets = await consoleAssets(ROOT);

describe('the pages', () => {
  it('are served with a policy that lets nothing in from elsewhere', async () => {
    const answer = await consolePages(assets, true).request('/');
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const text = await answer.text();
    expect(text).toContain('<html lang="zh-CN">');
    expect(text).not.toMatch(/<script(?![^>]*(src=|application\/json))|\son\w+=|\sstyle=|https?:\/\//);
  });

  it('name assets by their content, so that browsers may keep them', async () => {
    const pages = consolePages(assets, true);
    for (const [, path] of (await (await pages.request('/')).text()).matchAll(/(?:src|href)="([^"]+)"/g)) {
      const file = await pages.request(path!);
      expect([path, file.status]).toEqual([path, 200]);
      if (path!.includes(assets.hash)) expect(file.headers.get('cache-control')).toContain('immutable');
    }
  });

  it('stay small', async () => {
    expect(gzipSync(assets.script).length).toBeLessThanOrEqual(22_000);
    expect(gzipSync(assets.style).length).toBeLessThanOrEqual(6000);
    const page = await (await consolePages(assets, true).request('/')).text();
    expect(Buffer.byteLength(page + assets.script + assets.style)).toBeLessThan(150_000);
  });

  it('say only that the service runs when it is not the demo', async () => {
    const pages = consolePages(assets, false);
    const text = await (await pages.request('/')).text();
    expect(text).toContain('议事正在运行');
    expect(text).toContain('飞书或企业微信');
    expect(text).not.toContain('<script');
    expect((await pages.request(`/assets/chat-${assets.hash}.js`)).status).toBe(404);
  });

  it('tell the chat where the working calendar departs from Monday to Friday', async () => {
    const holidays = [{ name: '元旦', from: '2026-01-01', until: '2026-01-03' }];
    const year = { year: 2026, notice: '', published: '2025-11-01', holidays, makeup: ['2026-01-04'] };
    const text = await (await consolePages(assets, true, workdaysOf([year])).request('/')).text();
    expect(text).toContain('"exceptions":["2026-01-01","2026-01-02","2026-01-04"]');
    expect(await (await consolePages(assets, true).request('/')).text()).toContain('"exceptions":[]');
  });
});
