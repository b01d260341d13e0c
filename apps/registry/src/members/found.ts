import { WrongExpectedVersion, type EventMeta, type EventStore } from '#event-store';
import type { Aggregates } from '../aggregate/aggregate.ts';
import type { Identity, Keys, Member, MemberEvent } from './member.ts';
import { takeBit, takeIssuer } from './reservations.ts';

/** A member that the task force begins with: active at once, by no one's decision but the founding treaty's. */
export type Founder = Omit<Identity, 'bit'> & Omit<Keys, 'jwks'> & Partial<Pick<Keys, 'jwks'>>;

const FOUNDING = 'founding';

/**
 * Founds the task force in an empty store. Who the founders are is written down first, so that a founding that broke off
 * is completed as it began; a store that has members already keeps them, whatever the configuration says.
 */
export async function found(
  store: EventStore,
  members: Aggregates<Member, MemberEvent>,
  founders: readonly Founder[],
  meta: EventMeta & { id: string },
): Promise<void> {
  const { id, ...by } = meta;
  let [founding] = await store.readStream(FOUNDING);
  if (!founding && founders.length > 0 && (await isEmpty(store))) {
    const event = { id, type: 'founding.v1', data: { founders }, meta: by };
    await store.append(FOUNDING, 'no-stream', [event]).catch((error: unknown) => {
      if (!(error instanceof WrongExpectedVersion)) throw error;
    });
    [founding] = await store.readStream(FOUNDING);
  }
  if (!founding) return;
  for (const founder of (founding.data as { founders: Founder[] }).founders) {
    await foundOne(store, members, founder, founding.meta);
  }
}

/** What is held back from readers is there all the same. Asked first: it may be let go between the two. */
async function isEmpty(store: EventStore): Promise<boolean> {
  return !(await store.isHeldBack()) && (await store.readAll(null, 1)).length === 0;
}

async function foundOne(
  store: EventStore,
  members: Aggregates<Member, MemberEvent>,
  founder: Founder,
  meta: EventMeta,
): Promise<void> {
  const stream = `member-${founder.code}`;
  if ((await members.load(stream)).version > 0) return;
  const bit = await takeBit(store, founder.code, meta);
  await takeIssuer(store, founder.issuer, founder.code, meta);
  const { code, name, contact, issuer, jwks = null, jwksUri, signingKeys } = founder;
  const data = { by: null, code, bit, name, contact, issuer, jwks, jwksUri, signingKeys };
  await members.change({ stream, meta, decide: () => [{ type: 'member-founded.v1', data }] });
}
