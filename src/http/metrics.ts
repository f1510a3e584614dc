import type { Rulebook } from '../rules/rulebook.ts';

/** Prometheus text: queue depths and the rules in force. */
export function metricsText(counts: { waiting: number; unsent: number; dead: number }, book: Rulebook): string {
  return [
    '# HELP yishi_messages_waiting Messages kept and not yet answered.',
    '# TYPE yishi_messages_waiting gauge',
    `yishi_messages_waiting ${counts.waiting}`,
    '# HELP yishi_sends_waiting Answers not yet delivered.',
    '# TYPE yishi_sends_waiting gauge',
    `yishi_sends_waiting ${counts.unsent}`,
    '# HELP yishi_sends_dead Answers given up.',
    '# TYPE yishi_sends_dead gauge',
    `yishi_sends_dead ${counts.dead}`,
    '# HELP yishi_rules_info The rules in force.',
    '# TYPE yishi_rules_info gauge',
    `yishi_rules_info{version="${book.version}",matters="${book.matters.length}"} 1`,
    '',
  ].join('\n');
}
