import { z } from 'zod';
import { DECIDERS } from '../domain/deciders.ts';
import { EVERY } from '../domain/duty.ts';
import { factSchema, identifier } from './matter-file.ts';

/** The shapes of `knowledge/facts.yaml`, `knowledge/steps.yaml` and `knowledge/schools/<id>/profile.yaml`. */
const text = z.string().trim().min(1);
const bilingual = z.strictObject({ zh: text, en: text });

export const factsFileSchema = z.record(text, factSchema);

const step = z.strictObject({ body: text, en: text, act: text, act_en: text, decides: z.boolean().default(false) });
export const stepsFileSchema = z.strictObject({
  pre: z.record(text, bilingual),
  post: z.record(text, bilingual),
  voting: z.record(text, bilingual),
  routes: z.record(
    z.enum([...DECIDERS, 'emergency']),
    z.strictObject({ name: bilingual, steps: z.array(step).min(1) }),
  ),
});
export type StepsFile = z.infer<typeof stepsFileSchema>;

const dutyRow = z.strictObject({
  id: z.string().regex(/^P\d{1,6}$/, '写成 P1、P2 这样的编号'),
  title: text,
  owner: text,
  others: z.array(text).default([]),
  every: z.enum(EVERY),
  leadDays: z.int().min(0).max(20).default(3),
  basis: text.optional(),
  unverified: z.boolean().default(false),
  talk: z.boolean().default(false),
  since: z.iso.date().optional(),
});
/** `knowledge/schools/<id>/duties.yaml`, and what `npm run school -- duties import` reads. */
export const dutiesFileSchema = z
  .array(dutyRow)
  .refine((rows) => new Set(rows.map((r) => r.id)).size === rows.length, '编号有重复');

const calendarDay = z.iso.date();
/** `knowledge/workdays.yaml`: every day lies in its year, make-up days fall on weekends. */
export const workdaysFileSchema = z.array(
  z
    .strictObject({
      year: z.int().min(2000).max(2200),
      notice: text,
      published: calendarDay,
      holidays: z.array(z.strictObject({ name: text, from: calendarDay, until: calendarDay })).min(1),
      makeup: z.array(calendarDay),
    })
    .refine((y) => y.holidays.every((h) => h.from <= h.until), '放假的起止日期前后颠倒')
    .refine(
      (y) => [...y.makeup, ...y.holidays.flatMap((h) => [h.from, h.until])].every((d) => d.startsWith(`${y.year}-`)),
      '有日期不在这一年',
    )
    .refine((y) => y.makeup.every((d) => [0, 6].includes(new Date(d).getUTCDay())), '调休上班日应当是周六或周日'),
);

export const profileFileSchema = z.strictObject({
  id: identifier,
  name: text,
  demo: z.boolean().default(false),
  since: z.iso.date().default('2022-01-26'),
  orgType: z.enum(['党委', '党总支', '设支委会的党支部', '不设支委会的党支部']).optional(),
  schoolTypes: z.array(z.enum(['义务教育', '高中', '中职', '幼儿园', '民办'])).default([]),
  dualRole: z.boolean().optional(),
  amountLines: z
    .strictObject({ A1: z.number().positive(), A2: z.number().positive() })
    .refine((l) => l.A1 < l.A2, 'A1 应当小于 A2')
    .optional(),
  partyMembers: z.int().positive().optional(),
  adminMembers: z.int().positive().optional(),
  congressDelegates: z.int().positive().optional(),
  list: z
    .array(z.strictObject({ matter: text, decider: z.enum(DECIDERS), entry: text, since: z.iso.date() }))
    .default([]),
  params: z.record(text, text).default({}),
  duties: dutiesFileSchema.optional(),
});

const pattern = text.check((ctx) => {
  try {
    new RegExp(ctx.value, 'g').test('');
  } catch {
    ctx.issues.push({ code: 'custom', input: ctx.value, message: '不是合格的正则' });
  }
});

/** `knowledge/vocabulary.yaml`: words of the language itself, which belong to no matter. */
export const vocabularySchema = z.strictObject({
  chatter: z.array(pattern),
  injection: z.array(pattern),
  outside: z.array(text),
  acute: z.array(text),
  not_acute: z.array(text),
  vague: z.array(text),
  unsure: z.array(text),
  wrong_terms: z.array(z.strictObject({ cue: text, say: bilingual })),
  unruled: z.array(z.strictObject({ cue: text, name: bilingual, near: z.array(text) })),
});
