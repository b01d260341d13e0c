import { describe, expect, it } from '@jest/globals';
import { EmptyBody, WrongState, type Problem, type Shield } from '#contracts';
import type { Handling } from '../records/release.ts';
import { defineSystem } from './system.ts';
import type { ReleaseIt, SystemCommand, SystemFact, SystemState } from './state.ts';

interface Content {
  what: string;
  secret?: string;
  stage: string;
}

const ID = '01980000-0000-7000-8000-000000000001';
const AT = '2026-01-01T00:00:00.000Z';
const handling: Handling = {
  category: 'assistance',
  classification: 'OFFICIAL',
  handlingCodes: ['H0'],
  reviewBy: '2029-01-01',
};

/** Made up: what it keeps home is its secret; people in it are always kept from XK. */
const thing = defineSystem<Content, object>({
  kind: 'thing',
  path: 'things',
  category: 'assistance',
  body: EmptyBody,
  summary: 'A thing',
  released: 'accord.assistance.assistance-released.v1',
  content: () => ({ what: 'x', stage: 'new' }),
  leaves: ({ what, stage }) => ({ what, stage }),
  shieldOf: (_, known) => (known === 'ALL' ? 'ALL' : [...known, 'xk']),
  amends: { fact: 'corrected', event: 'accord.assistance.assistance-drawn.v1' },
  transitions: [
    {
      name: 'go',
      fact: 'gone',
      event: 'accord.assistance.assistance-delivered.v1',
      body: EmptyBody,
      summary: '',
      decide: (c) => c,
    },
    { name: 'note', fact: 'noted', event: null, body: EmptyBody, summary: '', decide: (c) => c },
  ],
});

const audience = { members: ['AL', 'XK'], taskForce: false, registrySequence: 7 };
const release = (over: Partial<ReleaseIt> = {}): ReleaseIt => ({
  ...{ type: 'release', at: AT, audience, purposes: ['returns'], notBefore: null, shield: [] },
  ...over,
});
const submit = (over: object = {}): SystemCommand<Content> => ({
  type: 'submit',
  id: ID,
  handling,
  kept: { content: { what: 'x', secret: 's', stage: 'new' }, handlingText: 'Ask first' },
  fingerprint: 'f',
  release: null,
  ...over,
});
const change = (fact: string, content: Partial<Content>, shield: Shield = []): SystemCommand<Content> => ({
  type: 'change',
  fact,
  content: { what: 'x', stage: 'new', ...content },
  shield,
});

/** What was decided, what holds after it, and what left. */
const run = (...commands: SystemCommand<Content>[]) => {
  let state: SystemState<Content> = thing.record.initial;
  const facts: SystemFact<Content>[] = [];
  const left: (string | null)[] = [];
  const contents: unknown[] = [];
  for (const command of commands) {
    for (const fact of thing.record.decide(state, command)) {
      const after = thing.record.evolve(state, fact);
      const publication = thing.record.publicationOf(fact, state, after);
      left.push(publication && `${publication.type.split('.')[2]} ${publication.recordVersion ?? '-'}`);
      contents.push(publication?.content);
      facts.push(fact);
      state = after;
    }
  }
  return { state, left, contents, facts: facts.map(({ type }) => type) };
};

const refusal = (...commands: SystemCommand<Content>[]): string => {
  try {
    run(...commands);
  } catch (error) {
    expect(error).toBeInstanceOf(WrongState);
    return (error as Problem).code;
  }
  return 'none';
};

const recall = { type: 'recall', reason: 'r' } as const;
const erase = { type: 'erase', reason: 'r' } as const;

describe('a record of any system', () => {
  it('lets nothing leave before its release, and then whole snapshots', () => {
    const { left, contents, facts } = run(
      submit(),
      change('gone', { stage: 'a' }),
      release(),
      change('gone', { stage: 'b' }),
    );
    expect(facts).toEqual(['thing-submitted', 'thing-gone', 'thing-released', 'thing-gone']);
    expect(left).toEqual([null, null, 'assistance-released 1', 'assistance-delivered 2']);
    expect(contents.slice(2)).toEqual([
      { what: 'x', stage: 'a', handlingText: 'Ask first' },
      { what: 'x', stage: 'b', handlingText: 'Ask first' },
    ]);
  });

  it('is submitted and released in one step', () => {
    expect(run(submit({ release: release() })).left).toEqual([null, 'assistance-released 1']);
  });

  it('keeps home what has no event, and tells its readers of no new version', () => {
    expect(
      run(submit({ release: release() }), change('noted', { stage: 'a' }), change('gone', { stage: 'b' })).left,
    ).toEqual([...[null, 'assistance-released 1', null, 'assistance-delivered 2']]);
  });

  it('appends nothing where the content is the one that there is', () => {
    const { state } = run(submit());
    if (state.state !== 'submitted') throw new Error('It was submitted');
    const same = thing.record.decide(state, { type: 'change', fact: 'gone', content: state.content, shield: [] });
    expect(same).toEqual([]);
  });

  it('grows its shield, never narrows it', () => {
    const { state } = run(submit({ release: release({ shield: ['al'] }) }), change('gone', {}), release());
    expect(state).toMatchObject({ shield: ['al', 'xk'] });
    const reshielded = run(
      submit({ release: release() }),
      { type: 'reshield', shield: ['sy'] },
      { type: 'reshield', shield: ['sy'] },
    );
    expect(reshielded.left).toEqual([null, 'assistance-released 1', 'record-reshielded -']);
    expect(run(submit(), { type: 'reshield', shield: ['sy'] }).facts).toEqual(['thing-submitted']);
  });

  it('is corrected, on the terms that it is released on or on new ones', () => {
    const amend = (content: Partial<Content>, terms: ReleaseIt | null = null): SystemCommand<Content> => ({
      ...{ type: 'amend', handling: {}, release: terms, shield: [] },
      kept: { content: { what: 'x', secret: 's', stage: 'new', ...content } },
    });
    const released = submit({ release: release() });
    expect(run(released, amend({})).left).toHaveLength(2);
    expect(run(released, amend({}, release({ at: '2027-01-01T00:00:00.000Z' }))).left).toHaveLength(2);
    expect(run(released, amend({ what: 'y' })).left.slice(2)).toEqual(['assistance-drawn 2']);
    const all = (...members: string[]) => ({ audience: { members, taskForce: true, registrySequence: 7 } });
    const toAll = submit({ release: release(all('AL', 'XK')) });
    const before = run(toAll).left.length;
    expect(run(toAll, amend({}, release(all('AL', 'MK', 'XK')))).left).toHaveLength(before);
    expect(run(released, amend({ what: 'y' }, release({ purposes: ['statistics'] }))).left.slice(2)).toEqual([
      ...['assistance-released 2', 'assistance-drawn 3'],
    ]);
    expect(refusal(released, recall, amend({}))).toBe('thing.recalled');
  });

  it('ends', () => {
    const released = submit({ release: release() });
    expect(run(released, recall, erase).left.slice(2)).toEqual(['record-recalled -', 'record-erased -']);
    expect(run(released, { type: 'expire' }, { type: 'expire' }).left.slice(2)).toEqual(['record-expired -']);
    expect(run(submit(), { type: 'expire' }).facts).toEqual(['thing-submitted']);
    expect(run(submit(), erase)).toMatchObject({ left: [null, null], state: { state: 'erased', id: ID } });
    expect(refusal(submit(), recall)).toBe('thing.not-released');
    for (const after of [change('gone', {}), release(), recall])
      expect(refusal(released, recall, after)).toBe('thing.recalled');
    expect(refusal(released, erase, erase)).toBe('thing.erased');
    expect(refusal(submit(), submit())).toBe('thing.submitted');
  });

  it('takes in a newcomer where it was released to the whole task force', () => {
    const backfill = { type: 'backfill', backfill: { member: 'MK', since: null, registrySequence: 9 } } as const;
    const all = { ...audience, taskForce: true };
    expect(run(submit({ release: release({ audience: all }) }), backfill, backfill).left.slice(2)).toEqual([
      'audience-extended -',
    ]);
    expect(run(submit({ release: release() }), backfill).left).toHaveLength(2);
  });

  it('has no fact twice', () => {
    const twice = { ...thing.transitions[0]!, fact: 'released' };
    expect(() => defineSystem({ ...thing, transitions: [twice] })).toThrow('released');
  });
});
