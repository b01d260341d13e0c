import { foldName } from './fold.ts';

/** What is left where a list or a keyboard has dropped the accents: Đorđević as Dordevic, Hodža as Hodza. */
const BARE: readonly (readonly [RegExp, string])[] = [
  [/xh/g, 'dz'],
  [/gj/g, 'd'],
  [/q|ch/g, 'c'],
  [/sh/g, 's'],
  [/zh/g, 'z'],
  [/[yj]/g, 'i'],
];
/** Endings that one person's name has in one language and lacks in another: -ski, -ska; definite -i, -u, -a; ë. */
const ENDINGS = [/(?:sk|ck)[ai]$/, /[aeiu]$/];
/** Below this length an ending is the name. */
const SHORTEST_STEM = 4;

function bare(token: string): string {
  return BARE.reduce((text, [pattern, plain]) => text.replace(pattern, plain), token);
}

function* stems(token: string): Generator<string> {
  for (const ending of ENDINGS) {
    const stem = token.replace(ending, '');
    if (stem !== token && stem.length >= SHORTEST_STEM) yield stem;
  }
}

/**
 * The keys under which a name is found with `=`: each of its tokens folded, with accents dropped as keyboards drop them,
 * and without its ending. Two writings of a name share keys; so do names that differ, because a key only suggests: what
 * it finds is then compared. Sorted, each once.
 */
export function nameKeys(name: string): string[] {
  return [...new Set(foldName(name).flatMap(tokenKeys))].sort();
}

/** The keys of one folded token. A search for several tokens wants a key of each. */
export function tokenKeys(token: string): string[] {
  const plain = bare(token);
  return [...new Set([token, plain, ...stems(plain)])];
}
