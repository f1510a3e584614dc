/**
 * Text of people's own inside WeCom's markup. `<@userid>` is a live mention in text and in markdown, `<a href>` a link
 * in texts, `<font>` a colour and `<think>` a fold in markdown; there is no documented way to escape, so the characters
 * that begin them are written full-width.
 */

/** For text messages. */
export const escapeText = (text: string): string => text.replace(/<(?=\s*[@/a-z!])/gi, '＜');

const WIDE: Readonly<Record<string, string>> = { '*': '＊', '`': '｀', '~': '～', '#': '＃', '>': '＞', '|': '｜' };

/** For markdown, one line: emphasis, code, headings, quotes, tables, and links with a text of their own. */
export const escapeMarkdown = (text: string): string =>
  escapeText(text)
    .replace(/[*`~|]/g, (character) => WIDE[character]!)
    .replace(/^(\s*)([#>])/gm, (_, blank: string, character: string) => blank + WIDE[character]!)
    .replaceAll('](', '] (')
    .replace(/\s*\n\s*/g, ' ');
