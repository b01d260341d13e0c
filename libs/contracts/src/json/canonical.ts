/**
 * The one text of a JSON value: keys in code-unit order, no spaces, as JSON.stringify writes the rest. For fingerprints:
 * the same body in another order or spacing is the same body. A member that is undefined is left out.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>);
}

function canonicalArray(array: readonly unknown[]): string {
  let text = '';
  for (let i = 0; i < array.length; i++) text += (i === 0 ? '' : ',') + canonicalJson(array[i]);
  return `[${text}]`;
}

function canonicalObject(object: Record<string, unknown>): string {
  let text = '';
  for (const key of sorted(Object.keys(object))) {
    const member = object[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Of few, most in order already, as keys are: by insertion, in place. */
function sorted(keys: string[]): string[] {
  if (keys.length > MANY) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    while (at > 0 && keys[at - 1]! > key) {
      keys[at] = keys[at - 1]!;
      at -= 1;
    }
    keys[at] = key;
  }
  return keys;
}

const MANY = 32;

/** What needs no escape is most of it. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
