import { parse } from 'csv-parse/sync';
import { InvalidRequest, type FieldError, type Purpose } from '#contracts';

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

/** A line that became a body to post, or why it can't: the line is the one that people are told of. */
export type NumberedLine = { line: number } & ({ body: string } | { errors: FieldError[] });

/** What the member's own node has: every record of a system, by the system's path. */
export type OwnRecords = (path: string) => AsyncIterable<Record<string, unknown>>;

/** Of a file whose lines belong together. */
export interface Gathering {
  /** What is wrong with a line as it stands; null: it was taken. */
  add(cells: Readonly<Record<string, string>>, line: number): FieldError[] | null;
  bodies(release: Release | undefined, own: OwnRecords): AsyncIterable<NumberedLine>;
}

/** A kind of file whose lines become records. */
export interface Format {
  name: string;
  description: string;
  /** Where a body is posted: `/v1/dna/profiles`. */
  path: string;
  /** Whether bodies go there many a request, and not one by one. */
  batch?: boolean;
  /** Whether the first line names the columns. */
  table?: boolean;
  /** Of a table: the columns that it can't be without, as `byName` calls them. */
  needs?: readonly string[];
  /** The kinds of records that it can be asked for; the first unless said. */
  kinds?: readonly string[];
  /** For lines that can't be read one by one: gathers them all, and makes bodies of them at the end of the file. */
  gather?(): Gathering;
  /** One line of the file as a body to post, or why it can't be one. The same line gives the same body. */
  map?(line: string, release: Release | undefined, around: Around): Mapped;
}

/** The cells of a line of a table: CSV of RFC 4180, but for line ends inside of a cell. Throws InvalidRequest. */
export const cellsOf = (line: string): string[] =>
  // Without quotes there is nothing to parse, and a parser for each line costs more than all the rest.
  line.includes('"') ? quotedCells(line) : line.split(',').map((cell) => cell.trim());

const quotedCells = (line: string): string[] => {
  try {
    return parse(line, QUOTED)[0] ?? [];
  } catch {
    throw new InvalidRequest([{ path: '', rule: 'csv', message: 'A quotation mark of the line is not closed.' }]);
  }
};

const QUOTED = { relax_column_count: true, relax_quotes: true, trim: true } as const;
