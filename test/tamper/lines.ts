import { GENESIS, hashOfEntry, type Entry } from '../../apps/joint-views/src/consultation/entry.ts';
import type { Random } from '../access/random.ts';

/** What may be done to a member's log; the answer is the log afterwards. */
type Mutation = (lines: readonly Entry[], random: Random) => Entry[];

const uuidOther = (id: string): string => (id.startsWith('0') ? '1' : '0') + id.slice(1);
const hashOther = (hash: string): string => (hash.startsWith('0') ? '1' : '0') + hash.slice(1);

/** Each column of a line, changed. */
const COLUMNS: Record<string, (line: Entry, random: Random) => Partial<Entry>> = {
  id: ({ id }) => ({ id: uuidOther(id) }),
  at: ({ at }, random) => ({ at: new Date(Date.parse(at) + 1 + random.below(100_000)).toISOString() }),
  kind: ({ kind }) => ({ kind: kind === 'read' ? 'inquiry' : 'read' }),
  actor: ({ actor }) => ({ actor: `${actor}x` }),
  roles: ({ roles }, random) => ({ roles: random.pick([[], [...roles, 'auditor']]) }),
  clearance: () => ({ clearance: 'OFFICIAL' }),
  purpose: () => ({ purpose: 'returns' }),
  case: ({ case_reference }) => ({ case_reference: `${case_reference}0` }),
  route: () => ({ route: 'GET /v1/subjects' }),
  records: ({ records, id }) => ({ records: records.length > 0 ? records.slice(1) : [id] }),
  protection: ({ protection }) => ({ protection: !protection }),
  applied: ({ applied }) => ({ applied: applied.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)) }),
  previous: ({ previous }) => ({ previous: hashOther(previous) }),
  hash: ({ hash }) => ({ hash: hashOther(hash) }),
};

const changed = (lines: readonly Entry[], random: Random, columns = Object.keys(COLUMNS)): [Entry[], number] => {
  const at = random.below(lines.length);
  const line = lines[at]!;
  return [lines.with(at, { ...line, ...COLUMNS[random.pick(columns)]!(line, random) }), at];
};

/** Counted from 1 again, so that no number is missing. */
const numbered = (lines: readonly Entry[]): Entry[] => lines.map((line, n) => ({ ...line, number: n + 1 }));

/** With hashes that follow from a line on: as who keeps the log could write them. */
function chained(lines: readonly Entry[], from: number): Entry[] {
  const result = lines.slice(0, from);
  for (const line of lines.slice(from)) {
    const unhashed = { ...line, number: result.length + 1, previous: result.at(-1)?.hash ?? GENESIS };
    result.push({ ...unhashed, hash: hashOfEntry(unhashed) });
  }
  return result;
}

const without = (lines: readonly Entry[], at: number): Entry[] => lines.filter((_, n) => n !== at);
const copyOf = (line: Entry): Entry => ({ ...line, id: uuidOther(line.id) });
const SAID = Object.keys(COLUMNS).filter((name) => name !== 'previous' && name !== 'hash');

export const LINE_MUTATIONS: Record<string, Mutation> = {
  'a line changed': (lines, random) => changed(lines, random)[0],
  'a line dropped': (lines, random) => without(lines, random.below(lines.length)),
  'a line dropped, the others counted anew': (lines, random) => numbered(without(lines, random.below(lines.length))),
  'the last lines dropped': (lines, random) => lines.slice(0, -1 - random.below(lines.length)),
  'two lines in the other order': (lines, random) => {
    const at = random.below(lines.length - 1);
    return numbered([...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)]);
  },
  'a line inserted': (lines, random) => {
    const at = random.below(lines.length + 1);
    return numbered(lines.toSpliced(at, 0, copyOf(random.pick(lines))));
  },
  'a line changed, and all hashes made anew': (lines, random) => {
    const [others, at] = changed(lines, random, SAID);
    return chained(others, at);
  },
  'a line dropped, and all hashes made anew': (lines, random) => {
    const at = random.below(lines.length);
    return chained(without(lines, at), at);
  },
  // After the last line it would be one that nobody has witnessed yet.
  'a line inserted, and all hashes made anew': (lines, random) => {
    const at = random.below(lines.length);
    return chained(lines.toSpliced(at, 0, copyOf(random.pick(lines))), at);
  },
  'two lines in the other order, and all hashes made anew': (lines, random) => {
    const at = random.below(lines.length - 1);
    return chained([...lines.slice(0, at), lines[at + 1]!, lines[at]!, ...lines.slice(at + 2)], at);
  },
};
