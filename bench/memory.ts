/** What each process held at one time, in MiB, by its name. */
export type Held = Record<string, number>;

const TENTHS = 10;
/** From this tenth on caches are full and just-in-time code is made: what grows afterwards grows for ever. */
const WARM = 5;
/** Less than this more than when it was warm is the collector's play. */
const PLAY_MIB = 64;
const PLAY_SHARE = 0.15;

const atTenths = (looks: readonly Held[], name: string): number[] =>
  Array.from({ length: TENTHS }, (_, n) => {
    const look = looks[Math.max(0, Math.floor(((n + 1) * looks.length) / TENTHS) - 1)];
    return Math.round(look?.[name] ?? 0);
  });

const isFlat = (held: readonly number[]): boolean => {
  const warm = Math.max(...held.slice(0, WARM));
  return held.at(-1)! <= warm + Math.max(PLAY_MIB, warm * PLAY_SHARE);
};

/** A line for each process, of what it held at each tenth of the run; and a last one: whether all are flat. */
export function memoryLines(looks: readonly Held[]): string[] {
  const names = Object.keys(looks.at(-1) ?? {}).filter((name) => looks.some((look) => (look[name] ?? 0) > 0));
  const all = names.map((name) => ({ name, held: atTenths(looks, name) }));
  const growing = all.filter(({ held }) => !isFlat(held)).map(({ name }) => name);
  return [
    'memory at each tenth of the run, MiB:',
    ...all.map(({ name, held }) => `  ${name}: ${held.join(' ')}`),
    growing.length === 0 ? 'memory is flat' : `memory is not flat: ${growing.join(', ')}`,
  ];
}
