import { draft, newSigningKey, place, sign, signHeartbeat, uuidv8, ZERO_HASH } from '#contracts';
import type { Exchange } from '#exchange';
import type { RegistryKey } from '../task-force/hearing.ts';

const SOURCE = '/registry/members';

/** A registry as a node hears it. */
export interface Announcer extends RegistryKey {
  say(code: string, state: string): Promise<void>;
}

/** Says on the exchange, as the registry would, what state each member is in. Answers what it signed with. */
export const announce = async (exchange: Exchange, members: Record<string, string>): Promise<Announcer> => {
  const key = newSigningKey();
  const { kid, publicJwk, privateJwk } = key;
  await exchange.declare(SOURCE);
  let sequence = 0;
  let hash = ZERO_HASH;
  const say = async (code: string, state: string) => {
    sequence += 1;
    const type = 'accord.registry.member-proposed.v1';
    const text = draft({
      specversion: '1.0',
      id: uuidv8(code, state),
      source: SOURCE,
      type,
      subject: code,
      time: '2025-05-15T00:00:00.000Z',
      dataschema: `urn:accord:schema:${type}`,
      datacontenttype: 'application/json',
      data: { by: null, code, bit: sequence, name: code, contact: `${code}@example.org`, state },
    });
    const placed = place(text, sequence, hash);
    hash = placed.hash;
    await exchange.append(SOURCE, [{ key: code, value: sign(placed.text, placed.hash, privateJwk, kid) }]);
  };
  for (const [code, state] of Object.entries(members)) await say(code, state);
  const heartbeat = { source: SOURCE, sequence, hash, time: '2026-02-01T11:59:30.000Z' };
  await exchange.announce(SOURCE, signHeartbeat(heartbeat, key));
  return { kid, publicJwk, say };
};
