/**
 * Text of people's own inside Feishu's markup.
 * open.feishu.cn › 飞书卡片 › 富文本组件: characters with a meaning are written as HTML entities. `<at id=all>` in card
 * markdown is a live mention, and so is `<at user_id="all">` in a text message.
 */

/** For card markdown. A colon would make links (`https:`) and emoji (`:OK:`), a digit with a dot a numbered list. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[&<>*_~`[\]()#\\|!$:+{}@=-]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/^(\s*\d+)\./gm, '$1&#46;')
    .replace(/\s*\n\s*/g, ' ');
}

/** For text messages, whose tags are `<at> <b> <i> <u> <s>` and whose links are `[text](url)`. */
export function escapeText(text: string): string {
  return text.replace(/<(?=\s*\/?\s*[a-z])/gi, '＜').replaceAll('](', '] (');
}
