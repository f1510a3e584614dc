import { dayAt } from '../domain/china-time.ts';
import type { Work } from '../assistant/answer-messages.ts';
import type { SchoolProfile } from '../domain/school.ts';

/** The school a terminal asks for: the one named, else YISHI_SCHOOL, else the sample school. Ends where there is none. */
export function schoolAskedFor(named: string | undefined, work: Work): SchoolProfile {
  const id = named || process.env['YISHI_SCHOOL'] || 'demo';
  const school = work.schools.on(id, dayAt(work.now()));
  if (school) return school;
  console.error(
    work.schools.has(id)
      ? `学校 ${id} 的设置今天还没有生效：看 knowledge/schools/${id}/ 里的 since`
      : `没有学校 ${id}：请建 knowledge/schools/${id}/profile.yaml，或改 --school、YISHI_SCHOOL`,
  );
  process.exit(2);
}
