import { isCountry, RuleBroken, spanOf, type CrossingBody, type CrossingContent, type FieldError } from '#contracts';

const wrong = (path: string, rule: string, message: string): FieldError[] => [{ path, rule, message }];

/** Of what time it is: a day, or a month or week. One count is of one of them. */
const wrongTime = ({ date, period }: CrossingBody): FieldError[] => {
  if (date !== undefined && period !== undefined) {
    return wrong('/period', 'date-or-period', 'A count is of a date or of a period, not of both.');
  }
  if (date === undefined && period === undefined) {
    return wrong('/date', 'required', 'A count is of a date, or of a period.');
  }
  const exists = period === undefined || spanOf(period) !== null;
  return exists ? [] : wrong('/period', 'period', 'The calendar has no such month or week.');
};

/** Boats are counted with those who crossed in them on a day; what was prevented or detected may have had none. */
const wrongBoats = ({ kind, date, boats }: CrossingBody): FieldError[] =>
  date !== undefined && (kind === 'provisional' || kind === 'reconciled') && boats === undefined
    ? wrong('/boats', 'required', 'A count of a day says in how many boats.')
    : [];

const wrongNationalities = ({ migrants, period, nationalities = [] }: CrossingBody): FieldError[] => {
  if (nationalities.length > 0 && period?.includes('W')) {
    return wrong('/nationalities', 'period', 'Nationalities are counted by day or by month.');
  }
  const seen = new Set<string>();
  const errors = nationalities.flatMap(({ country }, n) => {
    const code = country.toLowerCase();
    const path = `/nationalities/${n}/country`;
    if (!isCountry(code)) return wrong(path, 'country', 'This is no country that is known.');
    if (seen.has(code)) return wrong(path, 'unique', 'A nationality is counted once.');
    seen.add(code);
    return [];
  });
  const sum = nationalities.reduce((all, { count }) => all + count, 0);
  return sum > migrants
    ? [...errors, ...wrong('/nationalities', 'sum', 'The nationalities must not add up to more than migrants.')]
    : errors;
};

/** What is kept of a count; said in another order it is the same. Throws RuleBroken `crossing.invalid`. */
export const countOf = (body: CrossingBody): CrossingContent => {
  const errors = [...wrongTime(body), ...wrongBoats(body), ...wrongNationalities(body)];
  if (errors.length > 0) throw new RuleBroken('crossing.invalid', errors);
  const { kind, migrants, nationalities = [] } = body;
  const cells = nationalities
    .map(({ country, count }) => ({ country: country.toLowerCase(), count }))
    .sort((a, b) => (a.country < b.country ? -1 : 1));
  return { kind, ...given(body), migrants, ...(cells.length > 0 && { nationalities: cells }) };
};

const given = ({ date, period, route, boats, events }: CrossingBody): Partial<CrossingContent> =>
  Object.fromEntries(Object.entries({ date, period, route, boats, events }).filter(([, value]) => value !== undefined));

/** One count per originator, day or period, kind and route. */
export const identityOf = ({ kind, date, period, route }: CrossingBody): readonly string[] => [
  kind,
  date ?? period ?? '',
  route ?? '',
];
