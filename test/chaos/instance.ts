import type { SigningKey } from '#contracts';
import { createLogger } from '#platform';
import { Copy } from '../../apps/joint-views/src/intake/copy.ts';
import { Intake } from '../../apps/joint-views/src/intake/intake.ts';
import { Reader } from '../../apps/joint-views/src/intake/reader.ts';
import { LIVE } from '../../apps/joint-views/src/intake/schema.ts';
import type { KnownKey } from '../../apps/joint-views/src/intake/signing.ts';
import { States } from '../../apps/joint-views/src/intake/states.ts';
import { Keyring } from '../../apps/joint-views/src/keyring/keyring.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';
import { Client, type Broker } from './broker.ts';
import type { Crashing } from './crashing.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const logger = createLogger('chaos', 'silent');

/** A process of the joint views, write side: nothing of it is kept but what is in the database. */
export interface Instance {
  intake: Intake;
  client: Client;
}

export const registryKeysOf = ({ kid, publicJwk }: SigningKey): KnownKey[] => [
  { kid, jwk: publicJwk, from: 1, until: null },
];

export async function beginInstance(db: Crashing, broker: Broker, registryKey: SigningKey): Promise<Instance> {
  const client = new Client(broker);
  const intake = new Intake({
    copy: new Copy(db, LIVE, VIEWS),
    reader: new Reader(new Keyring(db), VIEWS),
    states: new States(db),
    exchange: client,
    clock: { now: () => NOW },
    logger,
    registryKeys: registryKeysOf(registryKey),
    group: 'chaos',
  });
  await intake.start();
  return { intake, client };
}
