/** What a machine-readable zone is written of; dates as YYMMDD. */
export interface Holder {
  code: string;
  state: string;
  number: string;
  names: string;
  nationality: string;
  born: string;
  sex: string;
  expires: string;
  optional: string;
}

export const MRZ_FORMATS = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B'] as const;
export type MrzFormat = (typeof MRZ_FORMATS)[number];

/** A zone, and where in its text the check digit of each field stands. */
export interface Written {
  text: string;
  digits: Record<string, number>;
}

/** ICAO Doc 9303 part 3, 4.9: weights 7, 3, 1; letters count from 10, a filler 0. Written for tests, apart from what reads. */
export const checkDigit = (of: string): string => {
  const values = [...of].map((sign) => (sign === '<' ? 0 : parseInt(sign, 36)));
  return String(values.reduce((sum, value, i) => sum + value * [7, 3, 1][i % 3]!, 0) % 10);
};

const fill = (text: string, width: number): string =>
  text
    .replace(/[^A-Z0-9]/g, '<')
    .padEnd(width, '<')
    .slice(0, width);

/** Nine characters, a check digit, and what follows in the optional data of `width`: more of a long number, or `optional`. */
const numberOf = (number: string, optional: string, width: number): [string, string] => {
  const digit = checkDigit(fill(number, Math.max(9, number.length)));
  if (number.length <= 9) return [fill(number, 9) + digit, fill(optional, width)];
  return [`${number.slice(0, 9)}<`, fill(`${number.slice(9)}${digit}<${optional}`, width)];
};

const dated = (date: string): string => date + checkDigit(date);

const td1 = (it: Holder): Written => {
  const [number, rest] = numberOf(it.number, it.optional, 15);
  const first = fill(it.code, 2) + fill(it.state, 3) + number + rest;
  const second = `${dated(it.born)}${it.sex}${dated(it.expires)}${fill(it.nationality, 3)}${fill('', 11)}`;
  const composite = checkDigit(first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18));
  const place = it.number.length <= 9 ? 14 : 15 + it.number.length - 9;
  const digits = { documentNumber: place, birthDate: 31 + 6, expirationDate: 31 + 14, composite: 31 + 29 };
  return { text: [first, second + composite, fill(it.names, 30)].join('\n'), digits };
};

const td2 = (it: Holder): Written => {
  const [number, rest] = numberOf(it.number, it.optional, 7);
  const first = fill(it.code, 2) + fill(it.state, 3) + fill(it.names, 31);
  const second = `${number}${fill(it.nationality, 3)}${dated(it.born)}${it.sex}${dated(it.expires)}${rest}`;
  const composite = checkDigit(second.slice(0, 10) + second.slice(13, 20) + second.slice(21));
  const place = it.number.length <= 9 ? 9 : 28 + it.number.length - 9;
  const digits = { documentNumber: 37 + place, birthDate: 37 + 19, expirationDate: 37 + 27, composite: 37 + 35 };
  return { text: [first, second + composite].join('\n'), digits };
};

const td3 = (it: Holder): Written => {
  const [number] = numberOf(it.number.slice(0, 9), '', 0);
  const first = fill(it.code, 2) + fill(it.state, 3) + fill(it.names, 39);
  const personal = fill(it.optional, 14);
  const dates = `${dated(it.born)}${it.sex}${dated(it.expires)}`;
  const second = `${number}${fill(it.nationality, 3)}${dates}${personal}${checkDigit(personal)}`;
  const composite = checkDigit(second.slice(0, 10) + second.slice(13, 20) + second.slice(21));
  const places = { documentNumber: 9, birthDate: 19, expirationDate: 27, personalNumber: 42, composite: 43 };
  const digits = Object.fromEntries(Object.entries(places).map(([field, at]) => [field, 45 + at]));
  return { text: [first, second + composite].join('\n'), digits };
};

/** A visa of this width: a name line as of a passport, and no check digit over all. */
const visa = (it: Holder, width: number): Written => {
  const [number] = numberOf(it.number.slice(0, 9), '', 0);
  const first = fill(`V${it.code.slice(1)}`, 2) + fill(it.state, 3) + fill(it.names, width - 5);
  const dates = `${dated(it.born)}${it.sex}${dated(it.expires)}`;
  const second = `${number}${fill(it.nationality, 3)}${dates}${fill(it.optional, width - 28)}`;
  const digits = { documentNumber: width + 10, birthDate: width + 20, expirationDate: width + 28 };
  return { text: [first, second].join('\n'), digits };
};

const WRITERS: Record<MrzFormat, (it: Holder) => Written> = {
  TD1: td1,
  TD2: td2,
  TD3: td3,
  'MRV-A': (it) => visa(it, 44),
  'MRV-B': (it) => visa(it, 36),
};

export const writeMrz = (format: MrzFormat, holder: Holder): Written => WRITERS[format](holder);
