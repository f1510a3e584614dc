import type { Answer, Call } from './http.ts';

/** open.feishu.cn › 流式更新卡片. `sequence` rises with every change of one card. */
export interface CardKit {
  /** The entity's id is in `data.card_id`; it is sent once. */
  create(content: string): Promise<Answer>;
  /** The whole text of an element; what is new of it is typed out. */
  write(card: string, element: string, text: string, sequence: number): Promise<Answer>;
  configure(card: string, config: unknown, sequence: number): Promise<Answer>;
  replace(card: string, content: string, sequence: number): Promise<Answer>;
}

export function cardKit(call: (call: Call) => Promise<Answer>): CardKit {
  const of = (card: string) => `/open-apis/cardkit/v1/cards/${encodeURIComponent(card)}`;
  return {
    create: (data) => call({ method: 'POST', path: '/open-apis/cardkit/v1/cards', body: { type: 'card_json', data } }),
    write: (card, element, content, sequence) =>
      call({ method: 'PUT', path: `${of(card)}/elements/${element}/content`, body: { content, sequence } }),
    configure: (card, config, sequence) =>
      call({
        method: 'PATCH',
        path: `${of(card)}/settings`,
        body: { settings: JSON.stringify({ config }), sequence },
      }),
    replace: (card, data, sequence) =>
      call({ method: 'PUT', path: of(card), body: { card: { type: 'card_json', data }, sequence } }),
  };
}
