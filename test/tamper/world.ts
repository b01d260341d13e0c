import type { AccessAttributes } from '#contracts';
import { ConsultationLog } from '../../apps/joint-views/src/consultation/consultation-log.ts';
import { entriesAfter } from '../../apps/joint-views/src/consultation/entries.query.ts';
import type { Entry } from '../../apps/joint-views/src/consultation/entry.ts';
import { amended, ended, released, reshielded } from '../../apps/joint-views/src/intake/testing/said.ts';
import { uuid, type Said, type TestSource } from '../../apps/joint-views/src/intake/testing/source.ts';
import { closeWorlds, World } from '../../apps/joint-views/src/intake/testing/world.ts';
import type { Finding } from '../../apps/joint-views/src/verification/finding.ts';
import type { Witness } from '../../apps/joint-views/src/verification/audit-chain.ts';
import { Verification } from '../../apps/joint-views/src/verification/verify.ts';
import { randomFrom, type Random } from '../access/random.ts';

export const SOURCE = '/members/GB';
export const MEMBER = 'AL';
const BATCHES = 8;
const LINES = 24;
const LARGE = 1_000;

/**
 * A source on the exchange and a log of consultations, as the product writes them into a database: they are altered there,
 * and what checks them reads them from there.
 */
export class Evidence {
  private constructor(
    private readonly world: World,
    private readonly witnesses: readonly Witness[],
    readonly events: readonly string[],
    readonly lines: readonly Entry[],
  ) {}

  static async make(seed: number): Promise<Evidence> {
    const random = randomFrom(seed);
    const world = await World.open();
    await world.side.start();
    await world.found('GB', 'AL');
    for (let n = 0; n < BATCHES; n += 1) await world.say('GB', ...batchFrom(random, n));
    await world.settled();
    const log = new ConsultationLog(world.db, { now: () => world.now });
    for (let n = 0; n < LINES; n += 1) await log.record(consultationFrom(random, world, n));
    const lines = await entriesAfter(world.db, MEMBER, 0, LARGE);
    // The node looks now and then, and once at the end: what comes after its last look rests on who keeps the log.
    const seen = lines.filter(({ number }) => number % 7 === 0 || number === LINES);
    const witnesses = seen.map(({ number, hash }) => ({ member: MEMBER, number, hash }));
    const events = (await world.exchange.read(SOURCE, 0, LARGE)).map(({ value }) => value);
    // Of what the views remember by themselves, only how far they came: the chain and its signatures must do.
    await world.db.exec('truncate views.chain');
    return new Evidence(world, witnesses, events, lines);
  }

  get key(): TestSource['key'] {
    return this.world.of('GB').key;
  }

  get otherKey(): TestSource['key'] {
    return this.world.of('AL').key;
  }

  /** What is found where the source's log holds these instead. */
  async withEvents(events: readonly string[]): Promise<Finding[]> {
    await this.putEvents(events);
    return this.find((verification) => verification.source(SOURCE));
  }

  /** What is found where the member's log holds these instead. */
  async withLines(lines: readonly Entry[]): Promise<Finding[]> {
    await this.putLines(lines);
    return this.find((verification) => verification.log(MEMBER, new Set()));
  }

  async close(): Promise<void> {
    await this.world.close();
    await closeWorlds();
  }

  private async find(check: (verification: Verification) => Promise<void>): Promise<Finding[]> {
    const { db, exchange, side, registry } = this.world;
    const registryKeys = [{ kid: registry.key.kid, jwk: registry.key.publicJwk, from: 1, until: null }];
    const report = { phase: 'events' as const, checked: 0, total: 0, findings: [] };
    const verification = new Verification({ db, exchange, ...side, registryKeys }, this.witnesses, report);
    await verification.source(registry.source);
    await check(verification);
    return report.findings;
  }

  private async putEvents(events: readonly string[]): Promise<void> {
    await this.world.db.query('delete from exchange.log where source = $1', [SOURCE]);
    await this.world.db.query(
      `insert into exchange.log (source, "offset", key, value)
       select $1, n - 1, 'k', value from unnest($2::text[]) with ordinality as x (value, n)`,
      [SOURCE, events],
    );
  }

  private async putLines(lines: readonly Entry[]): Promise<void> {
    await this.world.db.query('delete from consultation.entries where member = $1', [MEMBER]);
    await this.world.db.query(
      `insert into consultation.entries
       select * from jsonb_populate_recordset(null::consultation.entries, $1::text::jsonb)`,
      [JSON.stringify(lines)],
    );
  }
}

function batchFrom(random: Random, n: number): Said[] {
  const record = uuid(`r${n}`);
  const access: Partial<AccessAttributes> = { audience: random.pick([['AL'], ['XK'], ['AL', 'XK']]) };
  const more = [
    amended(record, { access, version: 2 }),
    reshielded(record, ['sy']),
    released(uuid(`s${n}`)),
    ended(record, random.pick(['recalled', 'expired', 'erased'])),
  ];
  return [released(record, { access }), ...random.some(more, 0.5)];
}

function consultationFrom(random: Random, world: World, n: number) {
  const records = Array.from({ length: random.below(4) }, () => random.below(BATCHES));
  return {
    ...{ member: MEMBER, kind: random.pick(['read', 'inquiry'] as const), at: world.now + n * 1000 },
    ...{ user: random.pick(['u1', 'u2']), roles: ['analyst'], clearance: 'SECRET', purpose: 'people-smuggling' },
    ...{ case: `C-${random.below(5)}`, route: 'GET /v1/reports', protection: random.chance(0.2) },
    records: records.map((r) => ({ record: uuid(`r${r}`), originator: 'GB' })),
    applied: { '/members/GB': n, '/registry/members': 2 },
  };
}
