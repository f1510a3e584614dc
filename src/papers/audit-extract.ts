import type { LoggedDeed } from '../ports/ledger.ts';
import type { Roster } from '../domain/member.ts';
import { momentAt } from './words.ts';

/** Windows editors know UTF-8 by its mark, and lines by CR LF. */
export const asTextFile = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);

function deedLines(deed: LoggedDeed, roster: Roster, details: boolean): readonly string[] {
  const who = deed.by === 'system' ? '系统' : roster.nameOf(deed.by);
  const rules = deed.rulesVersion ? `　规则版本 ${deed.rulesVersion}` : '';
  const detail = details && deed.detail !== undefined ? [`    内容 ${JSON.stringify(deed.detail)}`] : [];
  return [
    `${deed.seq}　${momentAt(deed.at)}　${who}　${deed.act}　${deed.about}${rules}`,
    ...detail,
    `    校验 ${deed.hash}`,
  ];
}

/**
 * An extract of the audit log, oldest first, each deed with its hash so that it can be compared with the log. What talks and votes
 * held is in the details: they are only for those who may read the meeting's record.
 */
export function auditExtract(
  about: string,
  deeds: readonly LoggedDeed[],
  roster: Roster,
  details: boolean,
): Uint8Array {
  const sorted = deeds.toSorted((a, b) => a.seq - b.seq);
  const head = [`审计摘录　${about}　共${sorted.length}条`, details ? '' : '（各条的具体内容只有会议成员能看）'].filter(
    Boolean,
  );
  return asTextFile([...head, '', ...sorted.flatMap((d) => deedLines(d, roster, details))]);
}
