import { html, raw } from 'hono/html';
import { DEMO_GROUPS } from '../assistant/demo.ts';
import { DEMO_MEMBERS } from '../domain/demo-members.ts';
import { SUGGESTIONS } from '../wording/help.ts';

/** The pages themselves. Everything variable is escaped by `html`; there is no inline script. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect x="2" y="2" width="60" height="60" rx="14" fill="#b3382c"/><g fill="none" stroke="#fff" stroke-width="5.5" stroke-linecap="round" stroke-linejoin="round"><path d="M17 16l5 5"/><path d="M11 28h9v17l7-6"/><path d="M39 13l3 6"/><path d="M30 24c3 12 10 20 22 26"/><path d="M53 23c-3 13-10 21-24 27"/></g></svg>`;

/** What the chat needs to know of the demo school; read by `client/school.ts`. */
const schoolData = (exceptions: readonly string[]) => ({
  school: '议事示范学校',
  members: DEMO_MEMBERS,
  groups: DEMO_GROUPS,
  suggestions: [...SUGGESTIONS, 'does hiring a security guard need a committee vote?'],
  /** Weekdays that are off and weekend days that are worked. */
  exceptions,
});
export type SchoolData = ReturnType<typeof schoolData>;

const asDataBlock = (data: unknown) => raw(JSON.stringify(data).replaceAll('<', '\\u003c'));

const head = (title: string, hash: string) =>
  html`<meta charset="utf-8" />
    <meta
      name="viewport"
      content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
    />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/assets/chat-${hash}.css" />`;

export const chatPage = (hash: string, exceptions: readonly string[]) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        ${head('议事 · 议事示范学校（演示）', hash)}
        <script type="module" src="/assets/chat-${hash}.js"></script>
      </head>
      <body>
        <div id="app"><p class="loading">正在打开…</p></div>
        <noscript><p class="loading">这个页面要用 JavaScript。也可以在终端里用 npm run talk 与议事对话。</p></noscript>
        <script type="application/json" id="school">
          ${asDataBlock(schoolData(exceptions))}
        </script>
      </body>
    </html>`;

export const statusPage = (hash: string) =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        ${head('议事', hash)}
      </head>
      <body>
        <main class="status">
          <img src="/favicon.svg" alt="" width="56" height="56" />
          <h1>议事正在运行</h1>
          <p>请在飞书或企业微信里向议事提问：群里 @议事，或与它私聊。</p>
          <p class="quiet">发“帮助”看它能做什么。打不开或没有回答，请找学校办公室。</p>
        </main>
      </body>
    </html>`;
