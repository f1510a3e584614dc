import { join } from 'node:path';
import { diagnoseWechaty } from '../../adapters/wechaty/doctor.ts';
import { listenToWechaty } from '../../adapters/wechaty/listen.ts';
import { wechatyBot } from '../../adapters/wechaty/load.ts';
import { codeIn } from '../../adapters/wechaty/login-code.ts';
import { wechatyPlatform } from '../../adapters/wechaty/send.ts';
import { wechatySettings } from '../../adapters/wechaty/settings.ts';
import type { Line } from '../../adapters/wechaty/shapes.ts';
import type { Notebook } from '../ports/notebook.ts';
import { log } from './log.ts';
import { told } from './told.ts';
import type { Connected } from './platforms.ts';
import { opened } from './running.ts';
import { settingsFrom } from './settings.ts';

/**
 * `npm run wechaty`: the assistant on a person's account, in a process of its own beside `npm start`, over the same
 * database. It answers and sends what goes through Wechaty, and nothing else. `-- doctor` looks at the settings.
 */
const RISK =
  'Wechaty 用真人账号收发消息，不是官方接口：账号可能被封，聊天内容经过 puppet 的服务方。见 docs/wechaty.md。';

async function connect(notebook: Notebook): Promise<Connected> {
  const settings = wechatySettings(process.env);
  const data = settingsFrom(process.env).YISHI_DATA;
  const bot = await wechatyBot(settings, join(data, 'wechaty.memory-card.json'));
  const line: Line = {};
  console.log(RISK);
  return {
    webhooks: [],
    platforms: new Map([['wechaty', wechatyPlatform(line, notebook)]]),
    listeners: [
      (deliver, until) =>
        listenToWechaty(bot, settings, {
          line,
          notebook,
          deliver,
          until,
          log: (level, text) => log('wechaty', { level, text }),
          showCode: codeIn(join(data, 'wechaty-login.txt'), process.stdout.isTTY),
        }),
    ],
  };
}

if (process.argv[2] === 'doctor') process.exitCode = told([['Wechaty', await diagnoseWechaty(process.env)]]);
else {
  const running = await opened({ only: 'wechaty' }, connect);
  const listening = await running.begin();
  console.log('议事（Wechaty）已启动，等待登录');
  // The puppet is stopped before the database is closed: what it still hands over is kept.
  running.onSignal(() => Promise.all(listening));
}
