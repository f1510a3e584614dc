import type { Reply } from '../domain/message.ts';
import { visible } from '../domain/visible.ts';
import { type Command, refsIn, type Said } from './command.ts';
import { COMMANDS } from './commands.ts';
import { maySeeItem } from './items/may.ts';
import { Refusal } from './refusal.ts';
import { maySee } from './resolutions/may.ts';
import { Scene, type Setting } from './scene.ts';

/** What came of a command: what to say here, and the scene with everything to be written and told. */
export interface Ran {
  readonly reply: Reply;
  readonly scene: Scene;
  /** Set when it was refused: nothing is written then. */
  readonly refused?: string;
  /** The records a refused command was about, as far as they are there for the speaker. */
  readonly concerns?: readonly string[];
}

/** Confidential matters are not spoken of in groups: the group hears only this. */
const ELSEWHERE = '这件事不在群里说，已经私聊您。';

export const commandNamed = (word: string): Command | undefined =>
  COMMANDS.find((c) => c.name === word || c.aliases.includes(word.toLowerCase()));

/** Runs a command in a setting. Pure: the same setting and words give the same scene. */
export function runCommand(command: Command, said: Said, setting: Setting): Ran {
  const scene = new Scene(setting);
  try {
    return { reply: command.run(scene, readable(said)), scene };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const clean = new Scene(setting);
    return {
      reply: refusalReply(error),
      scene: clean,
      refused: error.code,
      concerns: concerned(error, said, clean.about, scene.about),
    };
  }
}

/** What was said, without characters nobody sees: it goes into titles, papers and cards. */
const readable = ({ words, values, quoted }: Said): Said => ({
  words: visible(words),
  values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visible(value)])),
  ...(quoted !== undefined && { quoted: visible(quoted) }),
});

const refusalReply = ({ message, actions }: Refusal): Reply => ({
  text: message,
  ...(actions.length > 0 && {
    card: { title: '还不能办', tone: 'warns' as const, summary: message, sections: [], actions },
  }),
});

/**
 * What a refusal speaks of: the records named, what the deed came upon, else what was spoken of before. What is not there for
 * the speaker is refused openly, in the same words as what is not there at all.
 */
function concerned(
  { code }: Refusal,
  { words }: Said,
  before: string | undefined,
  found: string | undefined,
): readonly string[] {
  if (code.startsWith('unknown')) return [];
  const named = refsIn(words);
  return found !== undefined && (named.length === 0 || found !== before) ? [...named, found] : named;
}

/** Whether a record may be spoken of only among those who deal with it. */
export function isConfidential(id: string | undefined, scene: Scene): boolean {
  if (id === undefined) return false;
  const item = scene.item(id);
  if (item) return item.ruling.confidentiality === 'committee_only';
  return scene.resolution(id)?.confidentiality === 'committee_only';
}

/** Whether the speaker may know of a record at all. */
function isKnown(id: string, scene: Scene): boolean {
  const item = scene.item(id);
  if (item) return maySeeItem(scene.by, item, scene.roster);
  const resolution = scene.resolution(id);
  return resolution !== undefined && maySee(scene, scene.by, resolution);
}

/** The confidential records a reply names by id, number or title, wherever in it: buttons and lists included. */
function secretsIn(reply: Reply, scene: Scene): readonly string[] {
  const said = JSON.stringify(reply);
  const names = ({ number, title }: { number?: string; title: string }): readonly string[] =>
    [number ?? '', title].filter((name) => name !== '' && said.includes(JSON.stringify(name).slice(1, -1)));
  return [...scene.all('item'), ...scene.all('resolution')]
    .filter((r) => isConfidential(r.id, scene))
    .filter((r) => names(r).length > 0 || new RegExp(`(?<![A-Za-z0-9-])${r.id}(?![0-9])`).test(said))
    .map((r) => r.id);
}

/**
 * In a group, what concerns a confidential record goes to the speaker directly. To whoever may not know of it, naming it is
 * like naming nothing: a private answer would give it away.
 */
export function keptFromGroup({ reply, scene, refused, concerns }: Ran): Reply {
  if (scene.place.kind !== 'group') return reply;
  const done = refused === undefined && isConfidential(scene.about, scene) ? scene.about : undefined;
  const named = [...(concerns ?? []), ...secretsIn(reply, scene)];
  const secret = done ?? named.find((id) => isConfidential(id, scene) && isKnown(id, scene));
  if (secret === undefined) return reply;
  scene.tell(scene.by.id, reply, secret);
  return { text: ELSEWHERE };
}
