import { capabilities } from '../../../adapters/wecom-robot/capabilities.ts';
import { startWecom } from '../../fakes/wecom-server.ts';
import type { Declared, Rig } from '../rig.ts';

export const WECOM_ROBOT: Declared = {
  capabilities,
  cannot: {
    expireTokens: '群机器人不用 access_token',
    tokens: '群机器人不用 access_token',
    leaves: '群机器人只在群里说话',
  },
};

/** A group robot on the loopback: one group reads what is sent to its address, nobody can answer. */
export async function wecomRobotRig(): Promise<Rig> {
  const wecom = await startWecom();
  const deaf = (): never => {
    throw new Error('a group robot hears nothing');
  };
  return {
    ...WECOM_ROBOT,
    env: { WECOM_ROBOT_URL: wecom.robotUrl },
    accountOf: (user) => ({ platform: 'wecom-robot', app: '', user }),
    connect: async () => {},
    say: deaf,
    press: deaf,
    told: () =>
      wecom.sent.map(({ content }) => ({
        place: 'group',
        text: content,
        buttons: [],
        fields: [],
        bytes: Buffer.byteLength(content),
      })),
    attempts: () => wecom.calls.robot,
    live: () =>
      wecom.sent.flatMap(
        ({ type, content }) => content.match(type === 'text' ? /<@/g : /<@|\]\(https:\/\/evil/g) ?? [],
      ),
    trouble: {
      limit(times) {
        wecom.fail('robot', { code: 45009, times });
        return () => wecom.mend();
      },
      outage() {
        wecom.fail('robot', { status: 503, times: Infinity });
        return async () => wecom.mend();
      },
      hang: () => wecom.fail('robot', { how: 'hang' }),
    },
    close: () => wecom.close(),
  };
}
