import type { Shield } from '#contracts';
import type { RecordModule, Summary } from '../records/record-module.ts';
import { accessOf, ending, extension, type Publication } from '../records/release.ts';
import type { SystemDeclaration } from './declaration.ts';
import { evolveBy, nameOf, type Out, type SystemCommand, type SystemFact, type SystemState } from './state.ts';
import { decisionsOf } from './system.decide.ts';

type Declaration<Content> = SystemDeclaration<Content, never>;
type Rule<Content> = (said: SystemFact<Content>, after: Out<Content>) => Publication | null;

/** By the fact's name, which event leaves with it. */
const eventsOf = <Content>({ transitions, amends, released }: Declaration<Content>) =>
  new Map([
    ['released', released],
    ...(amends ? [[amends.fact, amends.event] as const] : []),
    ...transitions.flatMap(({ fact, event }) => (event === null ? [] : [[fact, event] as const])),
  ]);

/** What leaves the country when a fact is decided: nothing of a record that was never released. */
export const publicationsOf = <Content>(declared: Declaration<Content>) => {
  const { kind, leaves = (content: Content) => content as object } = declared;
  const events = eventsOf(declared);
  const silent = new Set(declared.transitions.filter(({ event }) => event === null).map(({ fact }) => fact));
  const snapshot: Rule<Content> = (said, after) => ({
    type: events.get(nameOf(kind, said))!,
    record: after.id,
    recordVersion: after.publications,
    access: accessOf(after.release, after.handling),
    shield: after.shield,
    content: {
      ...leaves(after.content),
      ...(after.handlingText !== undefined && { handlingText: after.handlingText }),
    },
  });
  const rules: Record<string, Rule<Content>> = {
    submitted: () => null,
    reshielded: ({ record }, { shield }) => ({ ...ending('record-reshielded', record), shield }),
    backfilled: (_, { id, release, handling }) => extension(id, release, handling),
    ...Object.fromEntries([...events.keys()].map((name) => [name, snapshot])),
    ...Object.fromEntries([...silent].map((name) => [name, () => null])),
  };
  return (said: SystemFact<Content>, before: SystemState<Content>, after: SystemState<Content>): Publication | null => {
    const name = nameOf(kind, said);
    if (before.state === 'submitted' && name !== 'released') return null;
    const rule = rules[name] ?? (({ record }) => ending(`record-${name}`, record));
    return rule(said, after as Out<Content>);
  };
};

const summaryOf =
  <Content>({ touches }: Declaration<Content>) =>
  (state: SystemState<Content>): Summary | null => {
    if (state.state === 'none') return null;
    const { classification, reviewBy } = state.handling;
    // Nothing is known of what its people were once its key is gone, also while the rest is still being told.
    const content = state.state === 'erased' ? undefined : (state.content as Content | undefined);
    const touched = content === undefined ? [] : (touches?.(content, state) ?? []);
    return { state: state.state, classification, reviewBy, satellites: [], touches: touched };
  };

/** A system's records, as the node's rails take any. */
export const recordOf = <Content>(
  declared: Declaration<Content>,
): RecordModule<SystemState<Content>, SystemFact<Content>, SystemCommand<Content>> => {
  const events = eventsOf(declared);
  const decisions = decisionsOf(declared) as Record<
    string,
    (state: SystemState<Content>, command: SystemCommand<Content>) => SystemFact<Content>[]
  >;
  return {
    kind: declared.kind,
    initial: { state: 'none' },
    evolve: evolveBy<Content>(declared.kind, (name) => events.has(name)),
    decide: (state, command) => decisions[command.type]!(state, command),
    publicationOf: publicationsOf(declared),
    summary: summaryOf(declared),
    reshield: (shield: Shield) => ({ type: 'reshield', shield }),
    expire: () => ({ type: 'expire' }),
    backfill: (backfill) => ({ type: 'backfill', backfill }),
    holds: (state) =>
      state.state === 'none' || state.state === 'erased' ? null : (declared.holds?.(state.content, state) ?? null),
  };
};
