import type { PlacedEnvelope } from '#contracts';

const SUSPECT = /\\u(0000|d[89a-f])/i;

/** Whether PostgreSQL can hold every string of this JSON: it has no NUL, and no half of a surrogate pair. */
export function isStorable(json: string): boolean {
  if (!SUSPECT.test(json)) return true;
  let storable = true;
  const check = (text: string) => {
    if (!text.isWellFormed() || text.includes('\u0000')) storable = false;
  };
  JSON.parse(json, (key: string, value: unknown) => {
    check(key);
    if (typeof value === 'string') check(value);
    return value;
  });
  return storable;
}

/** PostgreSQL knows no year 0. */
export function hasStorableTimes({ time, access }: PlacedEnvelope): boolean {
  const times = [time, access?.releasedat, access?.notbefore, access?.reviewby];
  return times.every((text) => text === undefined || !text.startsWith('0000'));
}
