/** One component of a card. open.feishu.cn › 飞书卡片 › 卡片 JSON 2.0 结构. */
export type Element = Readonly<Record<string, unknown>>;

/** Text without any markup: what people wrote can stand in it as it is. */
export const plainText = (content: string) => ({ tag: 'plain_text', content });
