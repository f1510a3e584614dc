/** A table as it came in a file: cells are text, days `YYYY-MM-DD`, and nothing in it has been understood yet. */
export interface Table {
  readonly kind: 'table';
  /** The file's name. */
  readonly file: string;
  /** At least one, in the file's order; sheets that are hidden or empty are left out. */
  readonly sheets: readonly Sheet[];
}

export interface Sheet {
  readonly name: string;
  /** Row `n` of the file is `rows[n - 1]`: people are told the numbers they see in Excel. */
  readonly rows: readonly (readonly string[])[];
}

/** Why a file was not read, for people; `code` is for us. */
export interface RefusedTable {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
}

/** Limits of a table, far above any task list of a school. */
export const TABLE_LIMITS = { rows: 5000, columns: 100, cell: 4000 } as const;
