/** How values cross to PostgreSQL and back, alike for both adapters: everything is text on the wire. */

type Parse = (text: string) => unknown;

/** A parameter as PostgreSQL's text: arrays as array literals, other objects as JSON, null for what is absent. */
export function encodeParam(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? encodeArray(value) : encodeScalar(value);
}

function encodeScalar(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array)
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function encodeArray(values: readonly unknown[]): string {
  return `{${values.map(encodeItem).join(',')}}`;
}

function encodeItem(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (Array.isArray(value)) return encodeArray(value);
  // Two plain replacements take half of what one by a pattern does.
  return `"${encodeScalar(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Reads an array literal as PostgreSQL writes it, of any depth. */
function arrayOf(parse: Parse): Parse {
  return (text) => {
    // Bounds such as `[0:2]=` come before the braces.
    const found = readArray(text, text.indexOf('{'), parse);
    return found.items;
  };
}

function readArray(text: string, start: number, parse: Parse): { items: unknown[]; end: number } {
  const items: unknown[] = [];
  let at = start + 1;
  while (text[at] !== '}') {
    const item = readItem(text, at, parse);
    items.push(item.value);
    at = text[item.end] === ',' ? item.end + 1 : item.end;
  }
  return { items, end: at + 1 };
}

function readItem(text: string, at: number, parse: Parse): { value: unknown; end: number } {
  if (text[at] === '{') {
    const nested = readArray(text, at, parse);
    return { value: nested.items, end: nested.end };
  }
  const quoted = text[at] === '"';
  const pattern = quoted ? /"((?:[^"\\]|\\.)*)"/sy : /[^,}]+/y;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (!match) throw new Error('Not an array of PostgreSQL');
  const end = pattern.lastIndex;
  if (quoted) return { value: parse(match[1]!.replace(/\\(.)/gs, '$1')), end };
  return { value: match[0] === 'NULL' ? null : parse(match[0]), end };
}

function parseInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** Without a zone it is read as UTC, whatever the process's own zone. */
function parseTimestamp(text: string): Date | number {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  // As a server writes whose zone is UTC. A page of a list has a hundred of them: a third of what looking for zones takes.
  if (text.endsWith('+00') && text[10] === ' ') return new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  const iso = text.replace(' ', 'T');
  if (!/[+-]\d\d(:?\d\d)?$/.test(iso)) return new Date(`${iso}Z`);
  return new Date(iso.replace(/([+-]\d\d)$/, '$1:00'));
}

const parseBytes: Parse = (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'));
const asText: Parse = (text) => text;
const parseBoolean: Parse = (text) => text === 't';

/** [type's oid, its array's oid, parse], as in pg_type. Dates, numerics, intervals and xid8 stay text. */
const TYPES: [number, number, Parse][] = [
  [16, 1000, parseBoolean],
  [17, 1001, parseBytes],
  [18, 1002, asText],
  [19, 1003, asText],
  [20, 1016, parseInteger],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, asText],
  [26, 1028, Number],
  [114, 199, JSON.parse],
  [700, 1021, Number],
  [701, 1022, Number],
  [1042, 1014, asText],
  [1043, 1015, asText],
  [1082, 1182, asText],
  [1114, 1115, parseTimestamp],
  [1184, 1185, parseTimestamp],
  [1186, 1187, asText],
  [1700, 1231, asText],
  [2950, 2951, asText],
  [3802, 3807, JSON.parse],
  [5069, 271, asText],
];

/** By type's oid, how its text is read. A type that isn't here stays text. */
export const PARSERS: Readonly<Record<number, Parse>> = Object.fromEntries(
  TYPES.flatMap(([type, array, parse]) => [
    [type, (text: string) => parse(text)],
    [array, arrayOf((text) => parse(text))],
  ]),
);
