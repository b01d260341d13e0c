import type { CrossingContent } from '#contracts';
import { putCrossings } from '../../../apps/joint-views/src/testing/crossing-fixtures.ts';
import type { Random } from '../../access/random.ts';
import type { SystemWorld } from './system-world.ts';

const month = (random: Random): CrossingContent => {
  const nationalities = ['al', 'ir', 'vn', 'xk'].map((country) => ({ country, count: random.below(20) }));
  const migrants = nationalities.reduce((sum, { count }) => sum + count, random.below(9));
  return {
    kind: random.pick(['reconciled', 'detected']),
    period: random.pick(['2025-01', '2025-02']),
    migrants,
    nationalities,
  };
};
const day = (random: Random): CrossingContent => ({
  kind: random.pick(['provisional', 'reconciled', 'prevented']),
  date: `202${4 + random.below(2)}-0${1 + random.below(2)}-0${1 + random.below(9)}`,
  migrants: random.below(200),
  boats: random.below(4),
});

export const crossings: SystemWorld = {
  kind: 'crossing',
  draw: ({ random, id, access }) =>
    Array.from({ length: 10 }, (_, n) => {
      const given = access(id(n), 'crossing');
      const content = random.chance(0.5) ? month(random) : day(random);
      const updated = random.below(9);
      return {
        access: given,
        put: async (db) => void (await putCrossings(db, [{ ...given, updated, content }])),
      };
    }),
  paths: () => [
    ...['', '?limit=2', '?originator=GB', '?from=2025-01-02&to=2025-02-04', '?kind=prevented', '?by=x'].map(
      (query) => `crossings${query}`,
    ),
    ...['week', 'month', 'year', 'nationality'].map((by) => `crossings?by=${by}`),
    ...['by=nationality&kind=detected', 'by=month&kind=detected&limit=1', 'by=nationality&originator=XK&limit=1'].map(
      (query) => `crossings?${query}`,
    ),
    ...['2025-01-03', '2025-02-08'].map((date) => `crossings/summary?originator=GB&date=${date}`),
  ],
  routes: ['crossings 200', 'crossings 400', 'crossings/summary 200'],
};
