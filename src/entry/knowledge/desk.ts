import type { Desk } from '../../assistant/desk.ts';
import { Clauses } from '../../library/clauses.ts';
import { Reader } from '../../reading/reader.ts';
import type { Compiled } from './compiled.ts';

/** Everything answering needs, prepared once from the compiled rules. */
export const deskFrom = ({ book, model, syllables }: Pick<Compiled, 'book' | 'model' | 'syllables'>): Desk => ({
  book,
  reader: new Reader(book, model, syllables),
  clauses: new Clauses(book.clauses),
});
