import { DEMO_MEMBERS } from '../../src/domain/demo-members.ts';
import type { Account, Member } from '../../src/domain/member.ts';
import type { SchoolProfile } from '../../src/domain/school.ts';
import type { SchoolLedger } from '../../src/ports/ledger.ts';

/** A school that is no demo, with people whose accounts are bound. */
export const SCHOOL: SchoolProfile = {
  id: 'contract',
  name: '青禾学校',
  demo: false,
  since: '2026-01-01',
  orgType: '党委',
  schoolTypes: ['义务教育'],
  dualRole: false,
  amountLines: { A1: 10_000, A2: 50_000 },
  partyMembers: 5,
  adminMembers: 5,
  list: [],
  params: {},
};

export const PEOPLE: readonly string[] = DEMO_MEMBERS.map(({ id }) => id);
export const nameOf = (id: string): string => DEMO_MEMBERS.find((m) => m.id === id)?.name ?? '外人';

/** The sample school's people, each with the account that the platform knows. */
export async function enrol(ledger: SchoolLedger, accountOf: (member: string) => Account, at: number): Promise<void> {
  const members: Member[] = DEMO_MEMBERS.map((m) => ({ ...m, accounts: [accountOf(m.id)] }));
  const { head } = await ledger.show();
  const saved = await ledger.commit({
    head,
    at,
    puts: members.map((record) => ({ kind: 'member', record, open: true })),
    deeds: [{ by: 'system', act: 'import-members', about: 'member', detail: {} }],
    sends: [],
  });
  if (saved !== 'saved') throw new Error('the people were not enrolled');
}
