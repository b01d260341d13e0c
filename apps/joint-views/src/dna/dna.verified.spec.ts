import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEVEN_LOCI } from '../../../../libs/dna/src/testing/seven-loci.ts';
import { ConsultationLog } from '../consultation/consultation-log.ts';
import { HttpWorld } from '../intake/testing/http.ts';
import { ended, reshielded } from '../intake/testing/said.ts';
import { ACCESS, uuid, type Said } from '../intake/testing/source.ts';
import { hitId } from './hit-id.ts';

const [REFERENCE, TRACE, SENT] = [uuid('reference'), uuid('trace'), uuid('sent')] as const;
const HIT = hitId(REFERENCE, TRACE);

const profile = (subject: string, kind: string): Said => ({
  type: 'accord.dna.profile-released.v1',
  subject,
  recordversion: 1,
  access: { ...ACCESS, category: 'dna', audience: ['GB', 'AL'] },
  sealed: { content: { reference: kind, kind, loci: SEVEN_LOCI } },
});
const word = (subject: string, what: string, more: object = {}): Said => ({
  type: `accord.dna.${what}.v1`,
  subject,
  recordversion: 1,
  sealed: { content: { hit: HIT, ...more } },
});

describe('a verification of who was served core data', () => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await HttpWorld.open();
    const agreement = { ...http.agreement({ id: uuid('dna'), categories: ['dna'] }) };
    await http.world.of('/registry/agreements').say({
      type: 'accord.registry.agreement-entered-into-force.v1',
      subject: uuid('dna'),
      data: agreement,
    });
    await http.world.say('AL', profile(REFERENCE, 'reference'));
    await http.world.say('GB', profile(TRACE, 'trace'), word(uuid('c'), 'hit-confirmed'));
    await http.world.say('GB', word(uuid('r'), 'data-requested'));
    await http.world.say('AL', word(SENT, 'data-sent', { facts: 'A swab' }));
    await http.world.settled();
  });
  afterAll(() => http.close());

  const served = async (member: string) =>
    (await http.call('GET', `/v1/dna/hits/${HIT}`, await http.token(member))).json;
  const findings = async () => {
    const as = await http.token(null);
    const { json } = await http.call('POST', '/v1/verifications', as, {});
    const find = async () => (await http.call('GET', `/v1/verifications/${json.id}`, as)).json;
    await http.world.until(async () => (await find()).state !== 'running');
    return (await find()).findings as object[];
  };

  it('finds nothing wrong where they were for who asked; nor once they are shielded from it, or erased', async () => {
    expect(await served('GB')).toMatchObject({ state: 'data-sent', data: { facts: 'A swab' } });
    expect(await served('AL')).toMatchObject({ state: 'data-sent' });
    expect(await findings()).toEqual([]);
    await http.world.say('AL', reshielded(SENT, ['gb']));
    await http.world.settled();
    expect(await served('GB')).toMatchObject({ state: 'data-requested' });
    expect(await findings()).toEqual([]);
    await http.world.say('AL', ended(SENT, 'erased'));
    await http.world.settled();
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['alone', [SENT]],
    ['beside what does not make the hit', [SENT, TRACE, uuid('c')]],
  ])('finds that they were served %s', async (_, records) => {
    const log = new ConsultationLog(http.world.db, { now: () => http.world.now });
    const [{ applied }] = (await http.world.db.query(
      'select jsonb_object_agg(source, sequence) as applied from views.sources',
    )) as [{ applied: Record<string, number> }];
    await log.record({
      ...{ member: 'XK', kind: 'read', at: http.world.now, user: 'u1', roles: ['analyst'], clearance: 'OFFICIAL' },
      ...{ purpose: 'people-smuggling', case: 'C', route: 'GET /v1/dna/hits/{id}', applied },
      records: records.map((record) => ({ record, originator: 'AL' })),
    });
    expect(await findings()).toMatchObject([{ chain: 'audit of XK', reason: 'not-permitted' }]);
  });
});
