import { defaultModel } from '@opensanctions/followthemoney';

/** Two-letter codes that FollowTheMoney knows and ISO 3166-1 doesn't: blocs, former states, reserved codes. */
const NOT_ISO = new Set(['ac', 'cp', 'cq', 'dd', 'dg', 'eu', 'ic', 'ip', 'ta', 'un', 'zr', 'zz']);

/** Names in lists that people import, beside FollowTheMoney's and the Unicode CLDR's. Folded as `fold` does. */
const ALIASES: Record<string, string> = {
  'bolivia plurinational state of': 'bo',
  'brunei darussalam': 'bn',
  burma: 'mm',
  'cabo verde': 'cv',
  congo: 'cg',
  'czech republic': 'cz',
  'democratic peoples republic of korea': 'kp',
  'democratic republic of the congo': 'cd',
  'east timor': 'tl',
  'former yugoslav republic of macedonia': 'mk',
  'great britain': 'gb',
  holland: 'nl',
  'hong kong': 'hk',
  'iran islamic republic of': 'ir',
  'islamic republic of iran': 'ir',
  'ivory coast': 'ci',
  'korea democratic peoples republic of': 'kp',
  'korea republic of': 'kr',
  'lao peoples democratic republic': 'la',
  macao: 'mo',
  macedonia: 'mk',
  'moldova republic of': 'md',
  'occupied palestinian territories': 'ps',
  'palestinian authority': 'ps',
  'republic of korea': 'kr',
  'republic of kosovo': 'xk',
  'republic of moldova': 'md',
  'republic of north macedonia': 'mk',
  'russian federation': 'ru',
  'state of palestine': 'ps',
  swaziland: 'sz',
  'syrian arab republic': 'sy',
  'taiwan province of china': 'tw',
  'tanzania united republic of': 'tz',
  turkey: 'tr',
  uk: 'gb',
  'united kingdom of great britain and northern ireland': 'gb',
  'united republic of tanzania': 'tz',
  'united states of america': 'us',
  usa: 'us',
  'vatican city state': 'va',
  'venezuela bolivarian republic of': 've',
  'viet nam': 'vn',
};

const known = defaultModel.types['country']?.values ?? {};
const isIso = (code: string): boolean => code.length === 2 && !NOT_ISO.has(code);

/** ISO 3166-1 alpha-2 and the user-assigned xk, in lower case, with English names. */
export const COUNTRIES: ReadonlyMap<string, string> = new Map(Object.entries(known).filter(([code]) => isIso(code)));

/** Whether a value is such a code, in lower case. */
export function isCountry(value: unknown): boolean {
  return typeof value === 'string' && COUNTRIES.has(value);
}

/** Whether a state can be a member by this code: ISO 3166-1 alpha-2 in capitals, or XK. */
export function isStateCode(value: unknown): value is string {
  return typeof value === 'string' && value === value.toUpperCase() && isCountry(value.toLowerCase());
}

const byName = new Map<string, string>(Object.entries(ALIASES));
const displayed = new Intl.DisplayNames('en', { type: 'region' });
for (const [code, name] of COUNTRIES) {
  byName.set(fold(displayed.of(code.toUpperCase()) ?? name), code);
  byName.set(fold(name), code);
}

/** Capitals, accents, signs and an article don't tell countries apart. */
function fold(name: string): string {
  const plain = name.normalize('NFKD').replace(/[\u0300-\u036f'’.]/g, '');
  const words = plain
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/\bst\b/g, 'saint')
    .split(/[^a-z]+/);
  return words.filter((word, i) => word !== '' && !(i === 0 && word === 'the')).join(' ');
}

/** The code of a country by its English name, or undefined where no country bears it. For imports. */
export function countryCodeOf(name: string): string | undefined {
  return byName.get(fold(name));
}
