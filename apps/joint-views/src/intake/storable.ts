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
