/** What a spreadsheet takes for a formula, or for the beginning of one once it has trimmed the cell. */
const FORMULA = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** A cell that stays text wherever it is opened: what members wrote must not run on an analyst's machine. */
const cell = (value: string): string => {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as CSV (RFC 4180): a head, and lines that end in CRLF. */
export const csvOf = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');

/** Whether a caller's Accept asks for CSV rather than for JSON, which is what it gets where it says nothing. */
export const prefersCsv = (accept: string | undefined): boolean => {
  const csv = weightOf(accept, 'text/csv');
  return csv > 0 && csv >= weightOf(accept, 'application/json');
};

/** 0 where that very type isn't named. */
const weightOf = (accept = '', type: string): number => {
  for (const range of accept.split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name !== type) continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    return q === undefined ? 1 : Number(q.slice(2)) || 0;
  }
  return 0;
};
