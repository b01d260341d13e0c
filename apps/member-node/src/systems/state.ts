import type { Purpose, Shield } from '#contracts';
import type { Fact } from '../records/fact.ts';
import type { Audience, Backfill, Handling, Release } from '../records/release.ts';

/** What is sealed of a system's record. */
export interface Kept<Content> {
  externalId?: string;
  handlingText?: string;
  content: Content;
}

interface Shielded {
  shield: Shield;
}

/** Facts are named by their kind: `assistance-submitted`, `assistance-delivered`. */
export type SystemFact<Content = unknown> = Fact<
  string,
  object,
  Partial<Kept<Content>> & Partial<Shielded> & { reason?: string }
>;

/** What it has from its submission on. */
export interface Held<Content> extends Kept<Content> {
  id: string;
  handling: Handling;
  fingerprint: string;
}

/** What it has from its release on. */
export interface Out<Content> extends Held<Content>, Shielded {
  release: Release;
  /** How often its readers were told something of it. */
  publications: number;
}

export type SystemState<Content = unknown> =
  | { state: 'none' }
  | ({ state: 'submitted' } & Held<Content>)
  | ({ state: 'released' } & Out<Content>)
  | ({ state: 'recalled' } & Out<Content>)
  | ({ state: 'expired' } & Out<Content>)
  | { state: 'erased'; id: string; handling: Handling; fingerprint: string };

/** A release as it was asked for, its audience resolved. */
export interface Terms {
  audience: Audience;
  purposes: readonly Purpose[];
  notBefore: string | null;
}

export interface Submit<Content> {
  type: 'submit';
  id: string;
  handling: Handling;
  kept: Kept<Content>;
  fingerprint: string;
  release: ReleaseIt | null;
}
export interface ReleaseIt extends Terms, Shielded {
  type: 'release';
  /** RFC 3339. */
  at: string;
}
/** Where `content` is the very one that there is, nothing is changed. */
export interface Change<Content> extends Shielded {
  type: 'change';
  fact: string;
  content: Content;
}
export interface Amend<Content> extends Shielded {
  type: 'amend';
  kept: Omit<Kept<Content>, 'externalId'>;
  handling: Partial<Handling>;
  release: ReleaseIt | null;
}

export type SystemCommand<Content = unknown> =
  | Submit<Content>
  | ReleaseIt
  | Change<Content>
  | Amend<Content>
  | ({ type: 'reshield' } & Shielded)
  | { type: 'backfill'; backfill: Backfill }
  | { type: 'recall'; reason: string }
  | { type: 'expire' }
  | { type: 'erase'; reason: string };

type Fold<Content> = (state: SystemState<Content>, said: SystemFact<Content>) => SystemState<Content>;

/** What holds after a fact, by the fact's name without its kind; what isn't listed is a change of content. */
const folds = <Content>(): Record<string, Fold<Content>> => ({
  submitted: (_, { record, data, sealed }) => {
    const { fingerprint, ...handling } = data as Handling & { fingerprint: string };
    return { state: 'submitted', id: record, handling, fingerprint, ...(sealed as Kept<Content>) };
  },
  released: (state, { data, sealed }) => {
    const held = state as Held<Content> & { publications?: number };
    const publications = (held.publications ?? 0) + 1;
    return { ...held, state: 'released', release: data as Release, shield: sealed.shield!, publications };
  },
  reshielded: (state, { sealed }) => ({ ...(state as Out<Content>), state: 'released', shield: sealed.shield! }),
  backfilled: (state, { data }) => {
    const out = state as Out<Content>;
    return { ...out, state: 'released', release: { ...out.release, audience: data as Audience } };
  },
  recalled: (state) => ({ ...(state as Out<Content>), state: 'recalled' }),
  expired: (state) => ({ ...(state as Out<Content>), state: 'expired' }),
  erased: (state) => {
    const { id, handling, fingerprint } = state as Held<Content>;
    return { state: 'erased', id, handling, fingerprint };
  },
});

/** The fact's name without its kind. */
export const nameOf = (kind: string, { type }: { type: string }): string => type.slice(kind.length + 1);

/** A fact's effect. Sealed parts may be gone once erased. `tells`: whether a fact of that name is told to readers. */
export const evolveBy = <Content>(kind: string, tells: (name: string) => boolean): Fold<Content> => {
  const known = folds<Content>();
  const change = (name: string): Fold<Content> => {
    return (state, { data, sealed }) => {
      const before = state as { state: 'submitted' | 'released' } & Out<Content>;
      const told = before.state === 'released' && tells(name) ? 1 : 0;
      const { shield, ...kept } = sealed as Kept<Content> & Shielded;
      const handling = data as Handling;
      if (before.state === 'submitted') return { ...before, ...kept, state: 'submitted', handling };
      return { ...before, ...kept, state: 'released', handling, shield, publications: before.publications + told };
    };
  };
  return (state, said) => {
    const name = nameOf(kind, said);
    return (Object.hasOwn(known, name) ? known[name]! : change(name))(state, said);
  };
};
