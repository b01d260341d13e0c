import { countryOfAlpha3 } from '../codes/alpha3.ts';

/** Where ICAO (Doc 9303 part 3, section 5) writes otherwise than ISO. Organisations and refugees have no code of ours. */
const ICAO: Readonly<Record<string, string>> = { D: 'de', GBD: 'gb', GBN: 'gb', GBO: 'gb', GBP: 'gb', GBS: 'gb' };

/** Our code (`AL`) of an MRZ's state (`ALB`, `D<<`), or undefined where it is none of ours. */
export function stateOfIcao(written: string): string | undefined {
  const code = written.replace(/<+$/, '');
  return (ICAO[code] ?? countryOfAlpha3(code))?.toUpperCase();
}
