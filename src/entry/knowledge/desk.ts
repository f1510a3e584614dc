import type { Desk } from '../../assistant/answer-question.ts';
import { Clauses } from '../../library/clauses.ts';
import { Reader } from '../../reading/reader.ts';
import type { Rulebook } from '../../rules/rulebook.ts';

/** Everything answering needs, prepared once from the compiled rules. */
export const deskFrom = (book: Rulebook): Desk => ({ book, reader: new Reader(book), clauses: new Clauses(book.clauses) });
