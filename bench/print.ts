import { meets, type Bench, type Figure, type Goal, type Part } from './bench.ts';

/** A bench's figures by scale. */
export interface Measured {
  bench: Bench;
  figures: { scale: number; figure: Figure }[];
}

const number = (value: number): string => {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { maximumFractionDigits: digits, minimumFractionDigits: digits });
};
const ratio = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

export function goalText({ of = 'ratio', atLeast, atMost }: Goal, unit: string): string {
  const what = of === 'us' ? ` ${unit}` : '';
  return atLeast !== undefined ? `≥ ${atLeast}${what}` : `≤ ${atMost}${what}`;
}

interface Line {
  name: string;
  part: Part;
  goal: Goal | null;
  scale: number;
}

function linesOf({ bench, figures }: Measured): Line[] {
  return figures.flatMap(({ scale, figure }) => [
    { name: bench.title, part: figure, goal: bench.goal, scale },
    ...Object.entries(figure.parts).map(([name, part]) => {
      return { name: `· ${name}`, part, goal: part.goal === undefined ? bench.goal : part.goal, scale };
    }),
  ]);
}

const verdict = ({ part, goal }: Line): string => (goal === null ? '' : meets(part, goal) ? 'meets' : 'short of');

/** A bench's figures for a terminal. */
export function printed(measured: Measured): string[] {
  const lines = linesOf(measured).map((line) => {
    const { part, goal, scale } = line;
    const of = part.baseline === null ? '' : `, baseline ${number(part.baseline)}`;
    const judged = goal === null ? '' : `, ${verdict(line)} ${goalText(goal, part.unit)}`;
    const size = scale === 1 ? '' : ` at ${scale}×`;
    return `  ${line.name}${size}: ${number(part.us)} ${part.unit}${of}, ratio ${ratio(part.ratio)}${judged} (n = ${number(part.n)})`;
  });
  const notes = measured.figures.flatMap(({ figure }) => (figure.note === undefined ? [] : [`  ${figure.note}`]));
  return [measured.bench.id, ...lines, ...new Set(notes)];
}

/** All figures as a table of docs/performance.md. */
export function markdown(all: readonly Measured[]): string[] {
  const head = ['', 'what', 'scale', 'ours', 'baseline', 'unit', 'ratio', 'goal', '', 'n'];
  const rows = all.flatMap((measured) =>
    linesOf(measured).map((line) => {
      const { name, part, goal, scale } = line;
      const id = name.startsWith('·') ? '' : measured.bench.id;
      const baseline = part.baseline === null ? '–' : number(part.baseline);
      const wanted = goal === null ? '–' : goalText(goal, part.unit);
      return [
        ...[id, name, `${scale}×`, number(part.us), baseline, part.unit],
        ...[ratio(part.ratio), wanted, verdict(line), number(part.n)],
      ];
    }),
  );
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** As the file of `--json` has them: figures at 1× by id, and those at other scales as `P1@10`. */
export function json(all: readonly Measured[]): Record<string, object> {
  const entries = all.flatMap(({ bench, figures }) =>
    figures.map(({ scale, figure }) => {
      const { ratio: of, us, baseline, unit, n, parts, note } = figure;
      return [
        scale === 1 ? bench.id : `${bench.id}@${scale}`,
        { ratio: of, us, baseline, unit, n, parts, note },
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
}
