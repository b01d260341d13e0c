const MAX_SEGMENT = 100;

/** One step of a JSON pointer (RFC 6901). Cut short: an unknown field's name is the caller's, and may be of any length. */
export function segment(key: string | number): string {
  const text = String(key).slice(0, MAX_SEGMENT).toWellFormed();
  return `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A JSON pointer from its steps. */
export function pointer(...keys: (string | number)[]): string {
  return keys.map(segment).join('');
}
