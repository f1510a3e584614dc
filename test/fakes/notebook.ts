import type { Notebook } from '../../src/ports/notebook.ts';

/** Notes in memory, as JSON like those that are kept. */
export function memoryNotebook(): Notebook & {
  readonly notes: ReadonlyMap<string, { readonly body: string; readonly until: number }>;
} {
  const notes = new Map<string, { readonly body: string; readonly until: number }>();
  return {
    notes,
    write: async (key, note, until) => void notes.set(key, { body: JSON.stringify(note), until }),
    async read(key, now) {
      const note = notes.get(key);
      return note && note.until > now ? (JSON.parse(note.body) as unknown) : undefined;
    },
    erase: async (key) => void notes.delete(key),
  };
}
