import type { Button, Declared, Place, Rig, Told } from '../rig.ts';
import type { ChatReply } from '../../../src/http/chat.ts';
import { capabilities } from '../../../src/http/chat-capabilities.ts';

/** The web chat of the sample school, over HTTP as its page uses it: an answer comes with the request. */
const GROUP = 'g-staff';

export const WEB: Declared = {
  capabilities,
  demo: true,
  cannot: {
    notice: '没人问起的消息由页面自己来取，控制台的测试里有',
    edit: '网页里发出的消息不能编辑',
    recall: '网页里发出的消息不能撤回',
    echo: '网页不把助手自己的消息送回来',
    limit: '答复随请求回来，没有发送这一步',
    expireTokens: '网页不用 token',
    tokens: '网页不用 token',
    leaves: '网页里没有停用这回事',
    working: '答复随请求回来，页面自己显示正在答',
    toast: '网页自己显示按下的按钮',
    webhook: '网页不经回调',
    queue: '答复随请求回来，没有排队这一步',
    outage: '答复随请求回来，没有发送这一步',
    hang: '答复随请求回来，没有发送这一步',
    wordless: '网页里没有没有字的消息（文件另有一条路）',
    unheardOf: '网页没有事件',
  },
};

export async function webRig(): Promise<Rig> {
  const told: Told[] = [];
  const shown = new Set<string>();
  let url = '';
  let count = 0;

  async function chat(member: string, place: Place, id: string, body: object): Promise<void> {
    const conversation = { kind: place, id: place === 'group' ? GROUP : member };
    const response = await fetch(`${url}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, from: member, conversation, ...body }),
    });
    const { replies } = (await response.json()) as { replies: readonly ChatReply[] };
    if (response.status !== 200) throw new Error(`the web chat answered ${response.status}`);
    // A repeat gets the same answer again; the page shows it in its place.
    if (shown.has(`${member} ${id}`)) return;
    shown.add(`${member} ${id}`);
    told.push(...replies.map((reply, index) => seen(reply, index === 0 ? id : undefined)));
  }

  return {
    ...WEB,
    env: {},
    accountOf: (user) => ({ platform: 'web', app: 'demo', user, chat: user }),
    connect: async (to) => void (url = to),
    async say(member, text, place, { id = `web-${++count}`, unnamed } = {}) {
      await chat(member, place, id, { text: place === 'group' && !unnamed ? `@议事 ${text}` : text });
      return id;
    },
    async press(member, button, place, values = {}) {
      await chat(member, place, `press-${++count}`, { action: { id: button.sends as string, values } });
      return '';
    },
    told: () => told,
    attempts: () => count,
    // Its page sets text, never markup; its own tests see to that.
    live: () => [],
    trouble: {},
    close: async () => {},
  };
}

function seen({ to, text, card }: ChatReply, under: string | undefined): Told {
  const lines = (card?.sections ?? []).flatMap(({ heading, lines, links }) => [
    heading,
    ...lines,
    ...(links ?? []).map((link) => link.text),
  ]);
  const all = [text, ...(card ? [card.title, card.summary, ...lines, card.footer ?? ''] : [])].join('\n');
  const buttons: Button[] = (card?.actions ?? []).map(({ id, label }) => ({ label, sends: id }));
  const fields = (card?.actions ?? []).flatMap((action) => (action.fields ?? []).map(({ label }) => label));
  return {
    place: to.kind,
    ...(to.kind === 'direct' && { to: to.id }),
    text: all,
    buttons,
    fields,
    ...(under !== undefined && { under }),
    bytes: Buffer.byteLength(all),
  };
}
