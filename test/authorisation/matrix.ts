import { readFileSync } from 'node:fs';
import { APPS, type App } from './task-force.ts';

export const COLUMNS = [
  'publisher',
  'analyst',
  'supervisor',
  'auditor',
  'admin',
  'all five',
  'operator',
  'suspended',
  'no role',
  'no valid token',
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Line {
  app: App;
  route: string;
  /** As they stand in the table. */
  cells: Record<Column, string>;
}

const FILE = new URL('./matrix.md', import.meta.url);

/** The table that people read, as data. Throws at a line that isn't one of its table. */
export function readMatrix(): Line[] {
  const lines: Line[] = [];
  let app: App | undefined;
  for (const text of readFileSync(FILE, 'utf8').split('\n')) {
    const heading = /^## The (.*)$/.exec(text)?.[1];
    if (heading !== undefined) app = APPS.find((name) => name === heading);
    const row = /^\| `([A-Z]+ \/[^`]*)` \|(.*)\|$/.exec(text);
    if (row) lines.push(lineOf(app, row[1]!, row[2]!.split('|')));
    else if (text.includes('` |')) throw new Error(`No line of the matrix: ${text}`);
  }
  return lines;
}

function lineOf(app: App | undefined, route: string, cells: string[]): Line {
  if (!app) throw new Error(`${route} stands below no app`);
  if (cells.length !== COLUMNS.length) throw new Error(`${route} has ${cells.length} cells, not ${COLUMNS.length}`);
  const byColumn = Object.fromEntries(COLUMNS.map((column, n) => [column, cells[n]!.trim()]));
  return { app, route, cells: byColumn as Record<Column, string> };
}

/** As it stands in the file. */
export const textOf = (route: string, cells: Record<Column, string>): string =>
  `| \`${route}\` | ${COLUMNS.map((column) => cells[column]).join(' | ')} |`;
