import type { Account } from '../../domain/member.ts';
import type { PlatformName } from '../../domain/message.ts';

/** Where a school's people stand under one id each, and the platforms that know them by it. */
const DIRECTORIES = {
  飞书: ['feishu'],
  企业微信: ['wecom-app', 'wecom-aibot'],
} as const satisfies Readonly<Record<string, readonly PlatformName[]>>;

export type Directory = keyof typeof DIRECTORIES;
export const DIRECTORY_NAMES = Object.keys(DIRECTORIES) as readonly Directory[];

/** On whatever app of the platform they write from; WeCom's ids do not tell capitals apart. */
export const accountOn = (platform: PlatformName, user: string): Account => ({
  platform,
  app: '',
  user: platform.startsWith('wecom') ? user.toLowerCase() : user,
});

export const accountsIn = (directory: Directory, user: string): Account[] =>
  DIRECTORIES[directory].map((platform) => accountOn(platform, user));
