import { noBrowser } from './console/no-browser.ts';
import { noWechaty } from './wechaty/no-wechaty.ts';

/** Says at the end of a run what was left out and why; vitest itself only counts. */
export function teardown(): void {
  for (const [what, why] of Object.entries({ browser: noBrowser, wechaty: noWechaty }))
    if (why) console.log(`skipped ${what} tests: ${why}`);
}
