import { aibotDelivery, aibotPoll, deliverTo, openReply, type Json } from './deliveries.ts';

/** What the AI bot answered a callback with. */
export interface Frame {
  readonly msgtype: string;
  readonly stream?: { readonly id: string; readonly finish: boolean; readonly content: string };
  readonly template_card?: Json;
}

/** A client in WeCom: asks the bot at `url`, then asks for the stream until it is finished. */
export async function askAibot(url: string, body: Json, polls = 100): Promise<{ frames: Frame[]; last: Frame }> {
  const post = async (said: Json) =>
    openReply(await (await deliverTo(url, aibotDelivery(said))).text()) as unknown as Frame;
  const frames = [await post(body)];
  for (let n = 0; n < polls && frames.at(-1)?.stream?.finish === false; n++) {
    await new Promise((done) => setTimeout(done, 50));
    frames.push(await post(aibotPoll(frames[0]!.stream!.id)));
  }
  return { frames, last: frames.at(-1)! };
}
