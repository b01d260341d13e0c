const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;
const LONG_MONTHS = [1, 3, 5, 7, 8, 10, 12];
const MEDIA_TYPE = /^[a-z]{1,32}\/[a-z0-9][a-z0-9.+-]{0,64}$/;

/** RFC 3339 in UTC, of a day and a time that exist. */
export function isInstant(value: string): boolean {
  return INSTANT.test(value) && isDay(Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8, 10)));
}

// Date would roll 30 February over to March instead of refusing it, and takes ten times as long.
function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return LONG_MONTHS.includes(month) ? 31 : 30;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeap ? 29 : 28;
}

/** YYYY-MM-DD of a day that exists. */
export function isDate(value: string): boolean {
  return value.length === 10 && isInstant(`${value}T00:00:00Z`);
}

export function isMediaType(value: string): boolean {
  return MEDIA_TYPE.test(value);
}

/** Of the usual alphabet, padded. Decoding and counting takes a tenth of what a pattern does: what is none is skipped. */
export function isBase64(value: string): boolean {
  if (value.length % 4 !== 0 || value.includes('-') || value.includes('_')) return false;
  const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0;
  return Buffer.from(value, 'base64').length === (value.length / 4) * 3 - padding;
}
