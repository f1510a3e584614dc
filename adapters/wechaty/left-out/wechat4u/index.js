throw new Error('wechaty-puppet-wechat4u is left out on purpose: see docs/wechaty.md');
