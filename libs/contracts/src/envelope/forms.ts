const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const MEDIA_TYPE = /^[a-z]{1,32}\/[a-z0-9][a-z0-9.+-]{0,64}$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** RFC 3339 in UTC, of a day and a time that exist. */
export function isInstant(value: string): boolean {
  if (!INSTANT.test(value)) return false;
  const time = new Date(value);
  // Date rolls 30 February over to March instead of refusing it.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value.slice(0, 19));
}

/** YYYY-MM-DD of a day that exists. */
export function isDate(value: string): boolean {
  return value.length === 10 && isInstant(`${value}T00:00:00Z`);
}

export function isMediaType(value: string): boolean {
  return MEDIA_TYPE.test(value);
}

export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && BASE64.test(value);
}
