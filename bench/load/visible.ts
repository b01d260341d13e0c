import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../../test/support/caller.ts';
import type { Product } from '../../test/support/product.ts';

interface Status {
  sources: { source: string; applied: number }[];
}

/** How many events of each member the joint views have applied, and so show, by member. */
export const appliedBy = async (product: Product): Promise<Record<string, number>> => {
  const answer = await call(product, 'views', 'GET', '/v1/status', { as: product.token(null) });
  const { sources } = answer.json as Status;
  return Object.fromEntries(sources.map(({ source, applied }) => [source.replace('/members/', ''), applied]));
};

/** Resolves when each of these members' events have been applied as far as given. */
export const applied = async (product: Product, wanted: Record<string, number>): Promise<void> => {
  for (;;) {
    const now = await appliedBy(product);
    if (Object.entries(wanted).every(([member, count]) => (now[member] ?? 0) >= count)) return;
    await sleep(25);
  }
};
