import { decide, type Registry, type Viewer } from '#access-policy';
import { NOW } from '../../apps/joint-views/src/testing/fixtures.ts';
import { ACTIVE, participantsOf, wholeOf, type Access, type Claim, type Item, type World } from './world.ts';

export interface WorldViewer extends Viewer {
  /** Originators whose records are withheld as a whole while this viewer asks. */
  withheld: string[];
}

const analyst = (
  member: string,
  clearance: Viewer['clearance'],
  purpose: Viewer['purpose'],
  withheld: string[] = [],
) => {
  return { member, roles: ['analyst'] as const, clearance, purpose, withheld };
};

export const VIEWERS: readonly WorldViewer[] = [
  analyst('AL', 'SECRET', 'people-smuggling'),
  analyst('AL', 'OFFICIAL', 'human-trafficking'),
  analyst('XK', 'OFFICIAL-SENSITIVE', 'people-smuggling', ['GB']),
  analyst('GB', 'OFFICIAL', 'people-smuggling'),
  analyst('XK', 'SECRET', 'returns'),
];

/** As the fixtures put it into the tables. */
export const REGISTRY: Registry = {
  members: [...ACTIVE.map((code) => ({ code, state: 'active' })), { code: 'ME', state: 'suspended' }],
  agreements: [
    {
      id: 'a',
      parties: ['GB', 'AL', 'XK', 'ME'],
      categories: ['intelligence', 'operation'],
      purposes: ['people-smuggling', 'human-trafficking', 'document-fraud'],
      validFrom: 0,
      validTo: null,
      state: 'in-force',
      inForceSince: 0,
    },
    {
      id: 'b',
      parties: ['GB', 'AL', 'XK'],
      categories: ['dna', 'document', 'return', 'crossing', 'assistance'],
      purposes: ['people-smuggling', 'returns', 'statistics', 'forensic-matching'],
      validFrom: 0,
      validTo: null,
      state: 'in-force',
      inForceSince: 0,
    },
  ],
};

export const sees = (viewer: WorldViewer, access: Access): boolean => {
  const withheld = access.withheld || viewer.withheld.includes(access.originator);
  return decide({ ...access, withheld }, viewer, REGISTRY, NOW).decision === 'permit';
};

/** What a world without the hidden holds: all that this viewer sees, and whatever its own member claimed. */
export const visibleTo = (viewer: WorldViewer, items: readonly Item[]): Item[] =>
  items.filter(
    (item) => sees(viewer, item.access) || (wholeOf(item) !== undefined && item.access.originator === viewer.member),
  );

/** A claim that the set of events alone makes void: what its author is told must not depend on anything else. */
const isVoid = (whole: Item | undefined, member: string): boolean => {
  const participants = whole && participantsOf(whole);
  if (!participants || !['released', 'expired'].includes(whole.access.state)) return true;
  const { originator, audience, shield } = whole.access;
  if (originator === member) return false;
  const shielded = shield === 'ALL' || shield.includes(member.toLowerCase());
  return !participants.includes(member) || !audience.includes(member) || shielded;
};

/**
 * The world's claims (own contributions too) that leave a viewer's notices alone: void by the events, or on what every
 * viewer of that member sees. Others may tell that an operation is there: API.md, "a function of the set of events".
 */
export const withoutTellingClaims = ({ items, claims, ...world }: World): World => {
  const wholes = new Map(items.filter(participantsOf).map((item) => [item.access.id, item]));
  const tells = (member: string, whole: string) =>
    !isVoid(wholes.get(whole), member) &&
    !VIEWERS.filter((viewer) => viewer.member === member).every((viewer) => sees(viewer, wholes.get(whole)!.access));
  return {
    ...world,
    items: items.filter((item) => {
      const whole = wholeOf(item);
      return whole === undefined || !tells(item.access.originator, whole);
    }),
    claims: claims.filter(({ member, operation }: Claim) => !tells(member, operation)),
  };
};
