import { uuidv7, uuidv8, RuleBroken } from '#contracts';
import { WrongExpectedVersion, type EventMeta, type EventStore } from '#event-store';

const BITS = 'bits';

/**
 * The member's place in stored masks: the next free one, in the order of proposal, and for ever the same. A store is
 * atomic for one stream only, so all places are taken in one.
 */
export async function takeBit(store: EventStore, code: string, meta: EventMeta): Promise<number> {
  for (;;) {
    const taken = await store.readStream(BITS);
    const before = taken.findIndex((event) => (event.data as { code: string }).code === code);
    if (before >= 0) return before;
    const event = { id: uuidv7(Date.parse(meta.at)), type: 'bit-taken.v1', data: { code, bit: taken.length }, meta };
    try {
      await store.append(BITS, taken.length || 'no-stream', [event]);
      return taken.length;
    } catch (error) {
      if (!(error instanceof WrongExpectedVersion)) throw error;
    }
  }
}

/** Keeps an issuer for one member, so that a token has one member. Throws RuleBroken `issuer.taken`. */
export async function takeIssuer(store: EventStore, issuer: string, code: string, meta: EventMeta): Promise<void> {
  const stream = `issuer-${uuidv8(issuer)}`;
  const event = { id: uuidv7(Date.parse(meta.at)), type: 'issuer-taken.v1', data: { issuer, code }, meta };
  try {
    await store.append(stream, 'no-stream', [event]);
  } catch (error) {
    if (!(error instanceof WrongExpectedVersion)) throw error;
    const [first] = await store.readStream(stream);
    if ((first?.data as { code?: string } | undefined)?.code === code) return;
    throw issuerTaken();
  }
}

export function issuerTaken(): RuleBroken {
  const message = 'This issuer is registered for another member.';
  return new RuleBroken('issuer.taken', [{ path: '/issuer', rule: 'unique', message }]);
}
