import type { Answer } from '../assistant/answer.ts';
import type { Card, CardAction } from '../domain/message.ts';

const TONES = { settled: 'settled', needs_facts: 'asks', contested: 'warns', unruled: 'neutral' } as const;
const TITLES = {
  settled: { zh: '结论', en: 'Ruling' },
  needs_facts: { zh: '还差一点', en: 'One thing first' },
  contested: { zh: '需要人来定', en: 'A person must decide' },
  unruled: { zh: '规则里没有写到', en: 'Not in the rules' },
} as const;

/** Buttons: the missing fact's options, or another value for a premise, and the way on to an agenda item. */
function actionsOf(a: Answer): CardAction[] {
  const zh = a.language === 'zh';
  const [first] = a.questions;
  const answers = (first?.options ?? []).map((o): CardAction => ({
    id: first!.fact === 'matter' ? `matter:${String(o.value)}` : `fact:${first!.fact}:${String(o.value)}`,
    label: o.label,
    style: 'default',
  }));
  const amount: CardAction[] =
    first?.fact === 'amount'
      ? [
          {
            id: 'fact:amount',
            label: zh ? '填金额' : 'Enter the amount',
            style: 'primary',
            fields: [{ name: 'amount', label: zh ? '金额（元）' : 'Amount (yuan)', type: 'number', required: true }],
          },
        ]
      : [];
  const others = a.premises.flatMap((p) =>
    p.options
      .filter((o) => o.value !== p.assumed)
      .slice(0, 3)
      .map((o): CardAction => ({
        id: `fact:${p.fact}:${String(o.value)}`,
        label: zh ? `其实是：${o.label}` : `In fact: ${o.label}`,
        style: 'default',
      })),
  );
  const draft: CardAction[] =
    a.matter && a.outcome === 'settled' && a.decider !== 'prohibited' && a.decider !== 'individual'
      ? [{ id: 'draft', label: zh ? '起草议题' : 'Draft agenda item', style: 'primary' }]
      : [];
  return [...amount, ...answers, ...others.slice(0, 4), ...draft];
}

/** The ruling as a card. */
export function cardOf(a: Answer): Card {
  const title = a.matter?.name ?? TITLES[a.outcome][a.language];
  return {
    title,
    tone: a.topic === 'procedure' ? 'settled' : TONES[a.outcome],
    summary: a.sections[0]?.lines[0] ?? title,
    sections: a.sections.map((s) => ({ heading: s.heading, lines: s.lines, ...(s.links && { links: s.links }) })),
    actions: actionsOf(a),
    ...(a.footer && { footer: a.footer }),
  };
}
