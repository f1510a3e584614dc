import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { consoleAssets } from '../../src/console/assets.ts';
import { consolePages } from '../../src/console/pages.ts';
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

  it('stay small', () => {
    expect(gzipSync(assets.script).length).toBeLessThanOrEqual(15_000);
    expect(gzipSync(assets.style).length).toBeLessThanOrEqual(5000);
  });

  it('say only that the service runs when it is not the demo', async () => {
    const pages = consolePages(assets, false);
    const text = await (await pages.request('/')).text();
    expect(text).toContain('议事正在运行');
    expect(text).toContain('飞书或企业微信');
    expect(text).not.toContain('<script');
    expect((await pages.request(`/assets/chat-${assets.hash}.js`)).status).toBe(404);
  });
});
