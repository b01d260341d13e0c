import { foldName, tokenKeys } from '#contracts';

type Properties = Readonly<Record<string, readonly string[]>>;

/** From which Jaro–Winkler similarity on two words of names may be one. */
const ALIKE = 0.92;

/** Each is compared with each, so what is far more than any person has is left out. */
const MOST_NAMES = 20;
const MOST_WORDS = 12;

/** Whether two descriptions may be of one person: by what, or null. Never more than a suggestion. */
export const likenessOf = (one: Properties, other: Properties): ['birth-date', 'name'] | null => {
  const births = pairs(one['birthDate'], other['birthDate']).some(([a, b]) => a.startsWith(b) || b.startsWith(a));
  return births && pairs(namesOf(one), namesOf(other)).some(([a, b]) => areAlike(a, b)) ? ['birth-date', 'name'] : null;
};

const namesOf = (properties: Properties): string[] =>
  ['name', 'alias', 'previousName'].flatMap((property) => properties[property] ?? []).slice(0, MOST_NAMES);

const pairs = (some: readonly string[] = [], others: readonly string[] = []): [string, string][] =>
  some.flatMap((one) => others.map((other): [string, string] => [one, other]));

/** Every word of the shorter name has its like in the longer one: patronymics may be left out, and words change places. */
const areAlike = (one: string, other: string): boolean => {
  const words = [one, other].map((name) => foldName(name).slice(0, MOST_WORDS));
  const [shorter, longer] = words.sort((a, b) => a.length - b.length) as [string[], string[]];
  if (shorter.length === 0 || (shorter.length === 1 && longer.length > 1)) return false;
  return shorter.every((word) => longer.some((mate) => isSameWord(word, mate)));
};

const isSameWord = (one: string, other: string): boolean =>
  one === other || tokenKeys(one).some((key) => tokenKeys(other).includes(key)) || jaroWinkler(one, other) >= ALIKE;

/** 0 for words that have nothing in common to 1 for the same; what they begin with counts most. */
export const jaroWinkler = (one: string, other: string): number => {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Set<number>();
  const found: [at: number, mate: number][] = [];
  for (let n = 0; n < one.length; n++) {
    const mate = mateOf(one[n]!, other, [n - reach, n + reach], taken);
    if (mate < 0) continue;
    taken.add(mate);
    found.push([n, mate]);
  }
  if (found.length === 0) return one === other ? 1 : 0;
  const mates = found.map(([, mate]) => mate).sort((a, b) => a - b);
  const moved = found.filter(([at], n) => one[at] !== other[mates[n]!]).length / 2;
  const common = found.length;
  const jaro = (common / one.length + common / other.length + (common - moved) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < one.length && one[prefix] === other[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
};

const mateOf = (letter: string, other: string, [from, to]: [number, number], taken: ReadonlySet<number>): number => {
  for (let at = Math.max(0, from); at <= to && at < other.length; at++) {
    if (other[at] === letter && !taken.has(at)) return at;
  }
  return -1;
};
