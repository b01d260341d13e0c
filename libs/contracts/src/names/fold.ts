import anyAscii from 'any-ascii';

/**
 * One Latin writing for letters that Albanian, Macedonian, Montenegrin and Serbian write in several ways; DOMAIN, "Names
 * across scripts". In order: a digraph comes before its second letter.
 */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/џ|dž|дж/g, 'xh'],
  [/[ѓђđ]/g, 'gj'],
  [/[ќћć]/g, 'q'],
  [/[чčç]/g, 'ch'],
  [/[шš]/g, 'sh'],
  [/[жž]/g, 'zh'],
  [/љ/g, 'lj'],
  [/њ/g, 'nj'],
  [/х/g, 'h'],
  // Not in the table, but the same letter in every one of these alphabets, and any-ascii would write "ts".
  [/ц/g, 'c'],
];

/** The same for what is already plain: Latin transliterations, and doubled letters that only Albanian tells apart. */
const DIGRAPHS: readonly (readonly [RegExp, string])[] = [
  [/dzh/g, 'xh'],
  [/dj/g, 'gj'],
  [/r+/g, 'r'],
  [/l+/g, 'l'],
];

/** Signs inside a word: O'Neil is one token, and a combining accent that NFKC left over belongs to no letter. */
const INSIDE_WORDS = /['’ʼ`´\u0300-\u036f]/g;

const PLAIN = /^[\x20-\x7e]*$/;

const replaceAll = (text: string, table: readonly (readonly [RegExp, string])[]): string =>
  table.reduce((folded, [pattern, plain]) => folded.replace(pattern, plain), text);

/**
 * A name's tokens in one plain Latin writing, whatever its script: lower case, a to z and digits. Хоџа and Hoxha fold
 * alike. The order is the name's; tokens are compared as a set, because given and family names change places.
 */
export function foldName(name: string): string[] {
  return latinOf(name)
    .split(/[^a-z0-9]+/)
    .map((token) => replaceAll(token, DIGRAPHS))
    .filter((token) => token !== '');
}

function latinOf(name: string): string {
  const lower = name.normalize('NFKC').toLowerCase();
  // Most names have nothing to be transliterated.
  if (PLAIN.test(lower)) return lower.replace(INSIDE_WORDS, '');
  const latin = anyAscii(replaceAll(lower, LETTERS).replace(INSIDE_WORDS, ''));
  return latin.toLowerCase().replace(INSIDE_WORDS, '');
}
