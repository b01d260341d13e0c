import { uuidv8 } from '#contracts';
import { NOW, uuid } from '../../apps/joint-views/src/testing/fixtures.ts';
import type { Answering } from '../../apps/joint-views/src/testing/word-fixtures.ts';
import { randomFrom } from '../access/random.ts';
import { sees, type WorldViewer } from './viewers.ts';
import { ACTIVE, type Access, type Item, type World } from './world.ts';

interface Said {
  id: string;
  originator: string;
  second: number;
}

/** What members say beside their records: who asks for leave, who answers, who took note of what. */
export type Word =
  | (Said & { kind: 'request'; target: string; code: 'H1' | 'H2' })
  | (Said & { kind: 'answer'; request: string; answer: Answering })
  | (Said & { kind: 'acknowledgement'; notice: string });
type Request = Extract<Word, { kind: 'request' }>;

const LATER = new Date(NOW + 1000).toISOString();
const EARLIER = new Date(NOW - 1000).toISOString();

/** Of anything by anyone: also what isn't theirs, or isn't there. */
export const wordsFrom = (seed: number, { items, claims }: World): Word[] => {
  // Of a stream of their own: what is said of records changes none.
  const random = randomFrom(seed + 1_000_000);
  const said = (n: number): Said => ({ id: uuid(n), originator: random.pick(ACTIVE), second: 40 + random.below(20) });
  const requests = Array.from({ length: 12 }, (_, i): Request => {
    const target = random.chance(0.9) ? random.pick(items).access.id : uuid(690 + i);
    return { ...said(600 + i), kind: 'request', target, code: random.pick(['H1', 'H2']) };
  });
  const answers = Array.from({ length: 14 }, (_, i): Word => {
    const request = random.pick(requests);
    const asked = items.find(({ access }) => access.id === request.target)?.access.originator ?? 'GB';
    const one = { ...said(700 + i), kind: 'answer' as const, request: random.chance(0.9) ? request.id : uuid(790 + i) };
    if (random.chance(0.2)) return { ...one, originator: request.originator, answer: 'withdraw' };
    const answer = random.chance(0.3) ? { refuse: 'A source' } : { grant: random.pick([LATER, LATER, EARLIER]) };
    return { ...one, originator: random.chance(0.8) ? asked : one.originator, answer };
  });
  const acknowledgements = Array.from({ length: 8 }, (_, i): Word => {
    const one = said(800 + i);
    const own = [...claims.map(({ id }) => id), ...requests.map(({ id }) => id)];
    const notice = random.chance(0.3)
      ? uuid(890 + i)
      : uuidv8('notice', random.pick(['claim-void', 'permission-request']), one.originator, random.pick(own));
    return { ...one, kind: 'acknowledgement', notice };
  });
  return [...requests, ...answers, ...acknowledgements];
};

/** A request that the set of events alone makes void (API.md): what its author is told depends on nothing else. */
const isVoid = (access: Access | undefined, author: string): boolean => {
  if (!access || access.originator === author || !['released', 'expired'].includes(access.state)) return true;
  const shielded = access.shield === 'ALL' || access.shield.includes(author.toLowerCase());
  return !access.audience.includes(author) || shielded;
};

/** Which words a viewer may be told of, and which of the others a world holds beside them. */
export const wordsFor = (viewer: WorldViewer, items: readonly Item[], words: readonly Word[]) => {
  const accesses = new Map(items.map(({ access }) => [access.id, access]));
  const requests = new Map(words.flatMap((word) => (word.kind === 'request' ? [[word.id, word] as const] : [])));
  const isMine = (id: string) => accesses.get(id)?.originator === viewer.member;
  /** Its author is told that the record is there: on purpose, so such a request is in no world. */
  const tells = ({ originator, target }: Request) => {
    const access = accesses.get(target);
    if (isVoid(access, originator)) return false;
    return (originator === viewer.member || isMine(target)) && !sees(viewer, access!);
  };
  const concerns = (request: Request | undefined) =>
    request !== undefined && (request.originator === viewer.member || isMine(request.target));
  const quiet = words.filter((word) => word.kind !== 'request' || !tells(word));
  const told = quiet.filter((word) => {
    if (word.originator === viewer.member) return true;
    if (word.kind === 'request') return concerns(word);
    return word.kind === 'answer' && concerns(requests.get(word.request));
  });
  return { quiet, told };
};
