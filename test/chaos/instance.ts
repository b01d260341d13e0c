import type { SigningKey } from '#contracts';
import { createLogger } from '#platform';
import { Copy } from '../../apps/joint-views/src/intake/copy.ts';
import { Intake } from '../../apps/joint-views/src/intake/intake.ts';
import { Reader } from '../../apps/joint-views/src/intake/reader.ts';
import { LIVE } from '../../apps/joint-views/src/intake/schema.ts';
import type { KnownKey } from '../../apps/joint-views/src/intake/signing.ts';
import { States } from '../../apps/joint-views/src/intake/states.ts';
import { Keyring } from '../../apps/joint-views/src/keyring/keyring.ts';
import { Replay } from '../../apps/joint-views/src/replay/replay.ts';
import { VIEWS } from '../../apps/joint-views/src/views.ts';
import { Client, type Broker } from './broker.ts';
import type { Crashing } from './crashing.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const logger = createLogger('chaos', 'silent');

/** A process of the joint views, write side: nothing of it is kept but what is in the database. */
export interface Instance {
  intake: Intake;
  client: Client;
  /** The operator has the views built anew, and put in the live ones' place. */
  replay(): Promise<unknown>;
}

export const registryKeysOf = ({ kid, publicJwk }: SigningKey): KnownKey[] => [
  { kid, jwk: publicJwk, from: 1, until: null },
];

export async function beginInstance(db: Crashing, broker: Broker, registryKey: SigningKey): Promise<Instance> {
  const client = new Client(broker);
  const parts = {
    reader: new Reader(new Keyring(db), VIEWS),
    states: new States(db),
    exchange: client,
    registryKeys: registryKeysOf(registryKey),
  };
  const copy = new Copy(db, LIVE, VIEWS);
  const intake = new Intake({ ...parts, copy, clock: { now: () => NOW }, logger, group: 'chaos' });
  await intake.start();
  const replay = () => new Replay({ ...parts, db: db.plain, intake, views: VIEWS }).run();
  return { intake, client, replay };
}
