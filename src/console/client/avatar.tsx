import { memberOf, SCHOOL, YISHI } from './school.ts';

/** A first character on a colour; the name always stands beside it. */
export function Avatar({ by }: { readonly by: string }) {
  if (by === YISHI) return <img class="avatar" src="/favicon.svg" alt="" width="36" height="36" />;
  const hue = SCHOOL.members.findIndex((m) => m.id === by) % 5;
  return (
    <span class={`avatar hue${hue}`} aria-hidden="true">
      {memberOf(by).name.slice(0, 1)}
    </span>
  );
}
