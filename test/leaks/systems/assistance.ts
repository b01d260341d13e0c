import { assistanceRows } from '../../../apps/joint-views/src/assistance/assistance.projection.ts';
import { putSnapshot } from '../../../apps/joint-views/src/testing/fixtures.ts';
import type { SystemWorld } from './system-world.ts';

const YEARS = ['2025', '2026'];

export const assistance: SystemWorld = {
  kind: 'assistance',
  draw: ({ random, id, access }) =>
    Array.from({ length: 8 }, (_, n) => {
      const given = access(id(n), 'assistance');
      const content = {
        receiver: random.pick(['GB', 'AL', 'XK', 'MK']),
        item: random.pick(['forgery-detection machine', 'DNA kits']),
        stage: random.pick(['pledged', 'delivered', 'retired']),
        pledgedAt: `${random.pick(YEARS)}-02-01T00:00:00Z`,
        ...(random.chance(0.5)
          ? { kind: 'equipment', quantity: 1 + random.below(9) }
          : { kind: 'money', amount: `${1 + random.below(99)}.50`, drawn: '0.10', draws: [], currency: 'GBP' }),
      };
      const rows = assistanceRows({
        ...{ id: id(n), type: '', record: id(n), originator: '', at: '' },
        access: null,
        content,
      });
      const columns = rows['assistance']![0]!;
      const updated = random.below(9);
      return {
        access: given,
        put: (db) => putSnapshot(db, { ...given, updated, table: 'assistance', kind: 'assistance', columns }),
      };
    }),
  paths: (ids) => [
    ...['', '?limit=2', '?donor=GB', '?receiver=AL', '?year=2025', '?year=x'].map((query) => `assistance${query}`),
    ...['', '?donor=XK', '?receiver=AL', '?year=2026'].map((query) => `assistance/totals${query}`),
    ...ids.map((id) => `assistance/${id}`),
  ],
  routes: ['assistance 200', 'assistance 400', 'assistance/totals 200', 'assistance/:id 200', 'assistance/:id 404'],
};
