import * as z from 'zod/mini';
import type { FeishuClient } from './client.ts';
import { withNames, wordsOf } from './content.ts';

/** open.feishu.cn › 获取指定消息的内容: what the bot may read in the chat it is in. */
const answerShape = z.object({
  items: z.array(
    z.object({
      msg_type: z.string(),
      deleted: z.nullish(z.boolean()),
      body: z.object({ content: z.string() }),
      mentions: z.catch(z.nullish(z.array(z.object({ key: z.string(), name: z.nullish(z.string()) }))), null),
    }),
  ),
});

/** The words of a message in a chat; nothing for cards, files and what has been taken back. */
export async function wordsQuoted(client: FeishuClient, message: string): Promise<string | undefined> {
  const answer = await client.message(message);
  const [item] = (answer.ok && z.safeParse(answerShape, answer.body['data']).data?.items) || [];
  if (!item || item.deleted) return undefined;
  const words = wordsOf(item.msg_type, item.body.content);
  const mentions = (item.mentions ?? []).map(({ key, name }) => ({ key, name, id: null, mentioned_type: null }));
  return words === undefined ? undefined : withNames(words, mentions, undefined);
}
