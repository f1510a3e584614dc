import type { Reading } from '../ports/platform.ts';
import type { Rulebook } from '../rules/rulebook.ts';

/** Deliveries of platforms since this process started, told apart by what became of them. */
interface DeliveryCount {
  readonly path: string;
  /** `messages` with `new` or `known` (a repeat); `ignored` and `refused` with the reason. */
  readonly kind: Reading['kind'];
  readonly why: string;
  readonly times: number;
}

export interface DeliveryCounts {
  count(path: string, kind: Reading['kind'], why: string): void;
  all(): readonly DeliveryCount[];
}

/** Reasons may name an event of the platform's: what is beyond so many counts as one, so that no sender fills the memory. */
const MOST_REASONS = 200;

export function deliveryCounts(): DeliveryCounts {
  const counts = new Map<string, DeliveryCount>();
  return {
    count(path, kind, why) {
      const known = counts.has(`${path} ${kind} ${why}`) || counts.size < MOST_REASONS;
      const reason = known ? why : 'other';
      const key = `${path} ${kind} ${reason}`;
      counts.set(key, { path, kind, why: reason, times: (counts.get(key)?.times ?? 0) + 1 });
    },
    all: () => [...counts.values()],
  };
}

/** A label's value: backslash, quote and line break are escaped (prometheus.io › exposition formats). */
const label = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const deliveryLine = ({ path, kind, why, times }: DeliveryCount): string =>
  `yishi_deliveries_total{path="${label(path)}",kind="${kind}",why="${label(why)}"} ${times}`;

/** Prometheus text: queue depths, deliveries by path and reason, and the rules in force. */
export function metricsText(
  counts: { waiting: number; unsent: number; dead: number },
  book: Rulebook,
  deliveries: readonly DeliveryCount[],
): string {
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
    '# HELP yishi_deliveries_total Deliveries of platforms to this process, by path, kind and reason.',
    '# TYPE yishi_deliveries_total counter',
    ...deliveries.map(deliveryLine),
    '# HELP yishi_rules_info The rules in force.',
    '# TYPE yishi_rules_info gauge',
    `yishi_rules_info{version="${book.version}",matters="${book.matters.length}"} 1`,
    '',
  ].join('\n');
}
