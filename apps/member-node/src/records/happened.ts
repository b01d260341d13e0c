import { RuleBroken, spanOf } from '#contracts';

const DAY = 86_400_000;

/** What the callers' clocks and this node's may differ by, where nothing is configured. */
export const CLOCK_SKEW_MS = 300_000;

interface Around {
  /** RFC 3339. */
  at: string;
  clockSkewMs: number;
}

/**
 * What has happened can't lie in the future. `fields` of the body are instants, which may be ahead by what clocks differ,
 * or days, months and weeks, which may have begun by tomorrow: somewhere it is tomorrow already. Throws RuleBroken
 * `time.future`.
 */
export const assertHappened = (fields: readonly string[] | undefined, body: object, around: Around): void => {
  const errors = (fields ?? [])
    .filter((field) => isAhead((body as Record<string, unknown>)[field], around))
    .map((field) => {
      const message = 'What is said to have happened lies in the future.';
      return { path: `/${field}`, rule: 'past', message };
    });
  if (errors.length > 0) throw new RuleBroken('time.future', errors);
};

/** What is to end only later can't have ended: `fields` of the body are instants. Throws RuleBroken `time.past`. */
export const assertToCome = (fields: readonly string[] | undefined, body: object, at: string): void => {
  const errors = (fields ?? [])
    .filter((field) => Date.parse((body as Record<string, string>)[field]!) <= Date.parse(at))
    .map((field) => ({ path: `/${field}`, rule: 'future', message: 'What is to last until then has ended already.' }));
  if (errors.length > 0) throw new RuleBroken('time.past', errors);
};

const isAhead = (said: unknown, { at, clockSkewMs }: Around): boolean => {
  if (typeof said !== 'string') return false;
  const now = Date.parse(at);
  if (said.includes(':')) return Date.parse(said) > now + clockSkewMs;
  return (spanOf(said)?.first ?? said) > new Date(now + DAY).toISOString().slice(0, 10);
};
