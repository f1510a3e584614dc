import type { Reply } from '../../domain/message.ts';
import { isOpen } from '../../domain/resolution.ts';
import { button, type Said } from '../command.ts';
import { Refusal } from '../refusal.ts';
import type { Scene } from '../scene.ts';
import { resolutionReply } from './card.ts';
import { dayIn, dayText, isDay } from '../dates.ts';
import { mustDo } from './may.ts';
import { tellThose } from './people.ts';
import { mustBeUnderWay, pickResolution } from './pick.ts';
import { text, value } from './words.ts';

/** Working days a publicity period lasts at least where the school has not set `publicize_days` (procedure section 13). */
const SUGGESTED = 5;

/** The school's number, and whether it is only suggested. */
function leastDays(scene: Scene): { readonly days: number; readonly suggested: boolean } {
  const set = /\d+/.exec(scene.school.params['publicize_days'] ?? '')?.[0];
  return set === undefined ? { days: SUGGESTED, suggested: true } : { days: Number(set), suggested: false };
}

const BASIS = /(?:依据|根据|按照?|另有规定)\s*[:：]?\s*(\S.{1,100})$/;
const LENGTH = /(\d{1,3})\s*(?:个)?\s*(?:工作)?[日天](?!后)/;

/** `/公示 J5 5天`, `/公示 J5 12月1日 7天`: recorded in working days; shorter than the school's only with what allows it. */
export function publicize(scene: Scene, said: Said): Reply {
  const { resolution: r, rest } = pickResolution(scene, said, '公示', isOpen);
  mustBeUnderWay(r);
  mustDo(scene, 'publicize', `${r.id} 的公示`, r);
  const least = leastDays(scene);
  const given = value(said, 'basis') || BASIS.exec(rest)?.[1]?.trim();
  const words = given ? rest.replace(BASIS, '') : rest;
  const written = value(said, 'from');
  const start = written
    ? { day: isDay(written) ? written : dayIn(written, scene.day)?.day, rest: words }
    : dayIn(words, scene.day);
  if (written && start?.day === undefined)
    throw new Refusal('needs-day', `“${written}”不是日历上的一天，请写公示从哪一天开始。`);
  if ((start?.day ?? scene.day) < scene.day)
    throw new Refusal('past-day', `${dayText(start!.day!)}已经过去，公示要从今天或以后开始。`);
  const days = Number(/\d+/.exec(value(said, 'days'))?.[0] ?? LENGTH.exec(start?.rest ?? words)?.[1] ?? least.days);
  if (days < 1 || days > 90) throw new Refusal('bad-length', '公示期请写 1 到 90 个工作日。');
  if (days < least.days && !given) throw tooShort(r.id, days, least);
  return record(scene, r, {
    from: start?.day ?? scene.day,
    days,
    basis: days < least.days ? given : undefined,
    suggested: least.suggested,
  });
}

function tooShort(id: string, days: number, least: { days: number; suggested: boolean }): Refusal {
  const whose = least.suggested ? '建议值，本校未设定' : '本校设定';
  return new Refusal(
    'too-short',
    `公示一般不少于 ${least.days} 个工作日（${whose}），${days} 天不够。专项另有规定的，请写明依据：“/公示 ${id} ${days}天 依据……”。`,
    [
      button(`/公示 ${id} ${least.days}天`, `公示 ${least.days} 个工作日`, 'primary'),
      button(`/公示 ${id} ${days}天`, '写明依据', 'default', [text('basis', '短于规定的依据')]),
    ],
  );
}

interface Period {
  readonly from: string;
  readonly days: number;
  readonly basis: string | undefined;
  readonly suggested: boolean;
}

function record(scene: Scene, r: Parameters<typeof resolutionReply>[1], period: Period): Reply {
  const first = scene.workdays.shift(period.from, 0);
  const until = scene.workdays.shift(first, period.days - 1);
  const publicity = {
    from: period.from,
    until: period.days === 1 ? first : until,
    ...(period.basis && { basis: period.basis }),
  };
  const next = scene.putResolution({ ...r, publicity });
  scene.did('publicize', r.id, publicity);
  const span = `${dayText(publicity.from)}至${dayText(publicity.until)}（${period.days} 个工作日${period.basis ? `，依据：${period.basis}` : ''}）`;
  tellThose(scene, next, ['owner', 'coowner', 'checker'], {
    text: `${r.id}《${r.title}》公示期：${span}。公示期内不要发文。`,
  });
  const unsure = scene.workdays.knows(Number(publicity.until.slice(0, 4)))
    ? ''
    : '这一年的节假日安排还没有公布，先按周一至周五推算。';
  const note = period.suggested ? `公示天数本校未设定，按建议值不少于 ${SUGGESTED} 个工作日核对。` : '';
  return resolutionReply(scene, next, `已记下 ${r.id} 的公示期：${span}。公示期内不能发文。${unsure}${note}`);
}
