import type { CrossingKind } from '#contracts';
import { Conditions } from '../reading/conditions.ts';

/** Which counts are asked for. */
export interface CountFilter {
  originator?: string;
  route?: string;
  /** Nothing: what crossed, reconciled where it is, else provisional. */
  kind?: CrossingKind;
}

const CROSSED: readonly CrossingKind[] = ['provisional', 'reconciled'];

/** An originator's record that isn't recalled or past its review date counts, and no other: also for itself. */
export const countsOf = ({ originator, route, kind }: CountFilter, now: number): Conditions =>
  new Conditions()
    .and('c.state = 0')
    .where('c.review_by > $::timestamptz', new Date(now))
    .where('c.kind = any ($::text[])', kind === undefined ? CROSSED : [kind])
    .where('c.originator = $', originator)
    .where('c.route = $', route);

/**
 * One count per originator, route and time, of those that the viewer may see and that lie wholly in [from, to]: the
 * reconciled one before the provisional one. A node says each once; of one that doesn't, the lesser id stands.
 */
export const counted = (where: Conditions | string, from: string, to: string): string => `
  select distinct on (c.originator, c.route, c.grain, c.first_day)
    c.record, c.originator, c.route, c.grain, c.first_day, c.kind = 'reconciled' as settled, c.migrants, c.boats, c.events
  from views.crossings c
  where ${where} and c.first_day >= ${from} and c.last_day <= ${to}
  order by c.originator, c.route, c.grain, c.first_day, c.kind = 'reconciled' desc, c.record`;
