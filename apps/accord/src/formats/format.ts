import type { FieldError, Purpose } from '#contracts';

/** Who is to see what is imported. */
export interface Release {
  audience: string[] | 'TASK_FORCE';
  purposes: Purpose[];
}

/** Null: the line is passed over. */
export type Mapped = { body: string } | { errors: FieldError[] } | null;

/** What a line is read with, beside its release. */
export interface Around {
  /** Of a table: the names of its columns. */
  columns: readonly string[];
  /** Of a table: the row's number, from 1. */
  row: number;
  /** What was asked for on the command line: `kind` and `rows`, for formats that have them. */
  kind?: string | undefined;
  rows?: 'odd' | 'even' | undefined;
}

/** A kind of file whose lines become records. */
export interface Format {
  name: string;
  description: string;
  /** Where a body is posted, one a request: `/v1/dna/profiles`. Without, lines are reports, and go in batches. */
  path?: string;
  /** Whether the first line names the columns. */
  table?: boolean;
  /** The kinds of records that it can be asked for; the first unless said. */
  kinds?: readonly string[];
  /** One line of the file as a body to post, or why it can't be one. The same line gives the same body. */
  map(line: string, release: Release | undefined, around: Around): Mapped;
}

/** The cells of a line of a table whose cells hold no commas. */
export const cellsOf = (line: string): string[] => line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
