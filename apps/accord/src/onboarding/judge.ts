import { readPlaced, RECORD_STATES, verifySignature, ZERO_HASH, type PlacedEnvelope, type PublicJwk } from '#contracts';
import { Reader } from '../../../joint-views/src/intake/reader.ts';
import { fold, settled, unfolded, type Folded } from '../../../joint-views/src/records/fold.ts';
import type { RecordState } from '../../../joint-views/src/records/record.ts';
import { VIEWS } from '../../../joint-views/src/views.ts';
import { OUTCOME, SCENARIO } from './scenario.ts';

/** What the node says of its throw-away copy. */
export interface Run {
  source: string;
  answers: { status: number; body: unknown }[];
  log: string[];
  keys: Record<string, string>;
}

export interface Check {
  name: string;
  passed: boolean;
  detail?: string;
}

const check = (name: string, passed: boolean, detail = ''): Check => ({
  name,
  passed,
  ...(!passed && detail && { detail }),
});

const answered = (run: Run): Check[] =>
  SCENARIO.map(({ name, status, code }, n) => {
    const { status: given, body } = run.answers[n] ?? { status: 0, body: null };
    const said = (body as { code?: string } | null)?.code;
    const passed = given === status && (code === undefined || said === code);
    return check(name, passed, `${given} ${said ?? ''} in place of ${status} ${code ?? ''}`.trim());
  });

const read = (run: Run): PlacedEnvelope[] | string => {
  try {
    return run.log.map((text) => readPlaced(text));
  } catch (error) {
    return (error as Error).message;
  }
};

interface Key {
  kid: string;
  jwk: PublicJwk;
}

/** Each event follows the one before, and the last is signed by a registered key; so is each that ends a batch. */
const chained = (events: readonly PlacedEnvelope[], source: string, keys: readonly Key[]) => {
  const follows = events.every(
    (event, n) => event.sequence === n + 1 && event.previous === (events[n - 1]?.hash ?? ZERO_HASH),
  );
  const signed = events.filter(({ signature }) => signature !== undefined);
  const right = signed.every(({ hash, keyid, signature }) => {
    const key = keys.find(({ kid }) => kid === keyid);
    return key !== undefined && verifySignature(hash, signature!, key.jwk);
  });
  return [
    check(
      `speaks on ${source} alone`,
      events.every((event) => event.source === source),
    ),
    check('numbers and chains what it releases', events.length > 0 && follows),
    check('signs it with the key that it registered', right && events.at(-1)?.signature !== undefined),
  ];
};

/** Views that are thrown away: every record as the joint views would have it. */
const viewsOf = async (member: string, run: Run, events: readonly PlacedEnvelope[]) => {
  const keys = new Map(Object.entries(run.keys).map(([record, key]) => [record, Buffer.from(key, 'base64url')]));
  const reader = new Reader({ find: () => Promise.resolve(keys) }, VIEWS);
  const { changes } = await reader.read(`/members/${member}`, events, null);
  const folded = new Map<string, Folded>();
  for (const change of changes) {
    folded.set(change.record, fold(folded.get(change.record) ?? unfolded(member, null, false), change));
  }
  return new Map([...folded].map(([record, it]) => [record, settled(it)]));
};

const isAs = (state: RecordState | null | undefined, wanted: (typeof OUTCOME)[number]): boolean =>
  RECORD_STATES[state?.state ?? -1] === wanted.state &&
  state?.withheld === false &&
  JSON.stringify(state.shield) === JSON.stringify(wanted.shield);

const viewed = async (member: string, run: Run, events: readonly PlacedEnvelope[]): Promise<Check[]> => {
  const views = await viewsOf(member, run, events);
  const again = await viewsOf(member, run, events);
  const idOf = (place: number) => (run.answers[place]?.body as { id?: string } | null)?.id ?? '';
  const right = OUTCOME.map((wanted) => isAs(views.get(idOf(wanted.place)), wanted));
  return [
    check('is shown by the views as it was released and recalled', right.slice(0, 2).every(Boolean)),
    check('shields who claims protection from the country of origin', right[2] === true),
    check('sends nothing of what was submitted alone, sent twice or refused', views.size === OUTCOME.length),
    check('is the same after a replay', JSON.stringify([...views]) === JSON.stringify([...again])),
  ];
};

/** What a run of the scenario proves of a node. */
export const judge = async (member: string, run: Run, keys: readonly Key[]): Promise<Check[]> => {
  const source = `/members/${member}/conformance`;
  const events = read(run);
  if (typeof events === 'string') return [...answered(run), check('releases events that can be read', false, events)];
  return [...answered(run), ...chained(events, source, keys), ...(await viewed(member, run, events))];
};
