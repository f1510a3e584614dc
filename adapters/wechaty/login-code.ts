import { rmSync, writeFileSync } from 'node:fs';
import { INSTALL, installed } from './load.ts';

interface Drawing {
  toString(text: string, options: { readonly type: 'utf8' }): Promise<string>;
}

/**
 * Whoever scans the code is whoever we answer as, so it goes into a file that only the operator can read, and onto a
 * terminal when there is one; never into the log.
 */
export function codeIn(file: string, terminal: boolean) {
  return async (code?: string): Promise<void> => {
    if (code === undefined) return rmSync(file, { force: true });
    const { default: drawing } = await installed<{ readonly default: Drawing }>('qrcode', INSTALL);
    const picture = await drawing.toString(code, { type: 'utf8' });
    rmSync(file, { force: true });
    writeFileSync(file, `${picture}\n用手机微信（或企业微信）扫码登录。这张图等于账号的钥匙，不要外传。\n`, {
      mode: 0o600,
    });
    console.log(terminal ? picture : `登录用的二维码在 ${file}，用 cat 打开后扫码。`);
  };
}
