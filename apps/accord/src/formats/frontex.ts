import { countryOfAlpha3, spanOf, type FieldError } from '#contracts';
import { numberIn, wrong, wrongNumbers } from './counts.ts';
import type { Format, Gathering, NumberedLine, Release } from './format.ts';

/** Of no country: of unknown nationality, of an unspecified one south of the Sahara, stateless. They count in the total. */
const NO_COUNTRY = new Set(['OOO', 'OOS', 'STL']);

interface Month {
  /** The first row of it. */
  line: number;
  period: string;
  route: string;
  migrants: number;
  nationalities: Map<string, number>;
}

type Of = Pick<Month, 'line' | 'period' | 'route'>;

const keyOf = ({ period, route }: Omit<Of, 'line'>): string => `${period} ${route}`;

/** Added up, they would be counted twice; and which of two numbers is meant, nobody can tell. */
const TWICE = wrong('/nat', 'unique', 'The file has a row of this route, type, nationality and month before.');

const wrongCells = ({ route = '', nat = '', t = '', ...cells }: Readonly<Record<string, string>>): FieldError[] => [
  ...(route === '' ? wrong('/route', 'required', 'A row names its route.') : []),
  ...(spanOf(t) === null ? wrong('/t', 'period', 'The column t holds a month, as 2025-04.') : []),
  ...wrongNumbers(cells, ['n']),
  ...(NO_COUNTRY.has(nat) || countryOfAlpha3(nat) !== undefined
    ? []
    : wrong('/nat', 'country', 'The column nat holds a code of three letters that is known.')),
];

/** The rows of one month and route are one count, with its nationalities. */
class Detections implements Gathering {
  private readonly months = new Map<string, Month>();
  /** Those of which a row can't be read: the rest of them would be told as the whole. */
  private readonly torn = new Set<string>();
  private readonly rows = new Set<string>();

  add(cells: Readonly<Record<string, string>>, line: number): FieldError[] | null {
    const { route, type, nat = '', t = '', n } = cells;
    const where = [route, type].filter((part) => part !== undefined && part !== '').join(', ');
    const of = { line, period: t, route: where };
    const row = `${keyOf(of)} ${nat}`;
    const errors = [...wrongCells(cells), ...(this.rows.has(row) ? TWICE : [])];
    this.rows.add(row);
    if (errors.length > 0) this.torn.add(keyOf(of));
    else this.count(of, countryOfAlpha3(nat), numberIn(n)!);
    return errors.length > 0 ? errors : null;
  }

  private count(of: Of, country: string | undefined, migrants: number): void {
    const key = keyOf(of);
    const month = this.months.get(key) ?? { ...of, migrants: 0, nationalities: new Map<string, number>() };
    this.months.set(key, month);
    month.migrants += migrants;
    if (country !== undefined) month.nationalities.set(country, (month.nationalities.get(country) ?? 0) + migrants);
  }

  async *bodies(release: Release | undefined): AsyncGenerator<NumberedLine> {
    for (const { line, nationalities, ...month } of this.months.values()) {
      if (this.torn.has(keyOf(month))) {
        const message = `${month.period}, ${month.route}: a row of it can't be read, so none of it is sent.`;
        yield { line, errors: wrong('/t', 'incomplete', message) };
        continue;
      }
      const cells = [...nationalities].map(([country, count]) => ({ country, count }));
      const body = { kind: 'detected', ...month, nationalities: cells, ...(release && { release }) };
      yield { line, body: JSON.stringify(body) };
    }
  }
}

export const frontex: Format = {
  name: 'frontex',
  description: 'CSV route,type,nat,t,n: detections at the border by month, one count a route with its nationalities',
  path: '/v1/crossings',
  batch: true,
  table: true,
  needs: ['route', 'nat', 't', 'n'],
  gather: () => new Detections(),
};
