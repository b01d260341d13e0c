import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import { SEVEN_LOCI } from '../../../../libs/dna/src/testing/seven-loci.ts';
import { ended, released } from '../intake/testing/said.ts';
import { ACCESS, uuid, type Said } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';

const [REFERENCE, TRACE, REPORT] = [uuid('reference'), uuid('trace'), uuid('report')] as const;
const [SENT, ASKED, EARLIER] = [uuid('sent'), uuid('asked'), uuid('earlier')] as const;
const HIT = uuidv8('dna-hit', ...[REFERENCE, TRACE].sort());
const PERSON = /qelibar/i;

const profile = (id: string, kind: string): Said => ({
  type: 'accord.dna.profile-released.v1',
  subject: id,
  recordversion: 1,
  access: { ...ACCESS, category: 'dna', purposes: ['forensic-matching'], audience: ['GB', 'AL'] },
  sealed: { content: { reference: id.slice(0, 8), kind, loci: SEVEN_LOCI } },
});
const word = (subject: string, type: string, content: object): Said => ({
  type: `accord.${type}.v1`,
  subject,
  recordversion: 1,
  sealed: { content },
});
const send = (id: string, facts: string) =>
  word(id, 'dna.data-sent', { hit: HIT, facts, person: { name: ['Qelibar Shembulli'] } });
const ask = word(ASKED, 'permissions.permission-requested', {
  ...{ record: REPORT, code: 'H1', scope: 'A court', reason: 'Qelibar is charged' },
});

describe('words that their member erases', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL');
    await world.side.start();
    await world.say('AL', profile(REFERENCE, 'reference'));
    await world.say(
      'GB',
      profile(TRACE, 'trace'),
      released(REPORT),
      word(uuid('confirmed'), 'dna.hit-confirmed', { hit: HIT }),
      word(uuid('requested'), 'dna.data-requested', { hit: HIT }),
    );
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const counted = async () =>
    (await world.db.query<{ kind: string }>('select kind from views.dna_counted order by at, record')).map(
      ({ kind }) => kind,
    );
  /** Hits whose date isn't that of what can be seen of them. */
  const wrongDates = () =>
    world.db.query(
      `select h.hit from views.dna_hits h
       join views.dna_profiles p on p.record = h.record join views.dna_profiles o on o.record = h.other
       where h.at is distinct from greatest(p.updated_at, p.not_before, o.updated_at, o.not_before,
         (select max(c.at) from views.dna_counted c where c.hit = h.hit))`,
    );
  const sameAfterReplay = async () =>
    expect((await world.side.replay()).filter(({ before, after }) => before !== after)).toEqual([]);

  it('leave nothing in any table; the hit is as if nothing had been sent; a replay ends the same', async () => {
    await world.say('AL', send(SENT, 'A swab'), ask);
    await world.settled();
    expect(await counted()).toContain('data-sent');
    expect(await world.dump()).toMatch(PERSON);
    expect(await wrongDates()).toEqual([]);

    await world.say('AL', ended(SENT, 'erased'), ended(ASKED, 'erased'));
    await world.settled();
    expect(await world.dump()).not.toMatch(PERSON);
    expect((await counted()).sort()).toEqual(['confirmed', 'data-requested']);
    expect(await wrongDates()).toEqual([]);
    expect(await world.rows('permission_requests')).toEqual([]);
    expect(
      await world.db.query('select from keyring.keys where record = any ($1::uuid[]) and key is not null', [
        [SENT, ASKED],
      ]),
    ).toEqual([]);
    await sameAfterReplay();
    expect(await world.dump()).not.toMatch(PERSON);
  });

  describe('whose profile is erased', () => {
    const goneWith = (member: string, record: string) => world.side.keyring.companions(member, record);
    const mine = [uuid('confirmed'), uuid('requested')].sort();

    it('go with it, each with its own member’s', async () => {
      await world.say('AL', send(SENT, 'A swab'), send(EARLIER, 'Two swabs'));
      await world.settled();
      expect(await goneWith('AL', REFERENCE)).toEqual([SENT, EARLIER].sort());
      expect(await goneWith('GB', TRACE)).toEqual(mine);
      expect(await goneWith('GB', REFERENCE)).toBeNull();
      await world.say('AL', ended(REFERENCE, 'erased'));
      await world.settled();
      // What AL's node is told, it does.
      expect(await goneWith('AL', REFERENCE)).toEqual([SENT, EARLIER].sort());
      await world.say('AL', ended(SENT, 'erased'), ended(EARLIER, 'erased'));
      await world.settled();
      expect(await goneWith('AL', REFERENCE)).toBeNull();
      expect(await world.dump()).not.toMatch(PERSON);
      await sameAfterReplay();
      expect(await goneWith('AL', REFERENCE)).toBeNull();
    });

    it('go with it, though the other profile was erased before', async () => {
      await world.say('AL', send(SENT, 'A swab'));
      await world.settled();
      await world.say('GB', ended(TRACE, 'erased'));
      await world.settled();
      await world.say('AL', ended(REFERENCE, 'erased'));
      await world.settled();
      expect(await goneWith('AL', REFERENCE)).toEqual([SENT]);
      expect(await goneWith('GB', TRACE)).toEqual(mine);
    });

    it('may yet come, until its erasure is applied', async () => {
      await world.settled();
      expect(await goneWith('AL', REFERENCE)).toEqual([]);
      await world.say('AL', ended(REFERENCE, 'erased'));
      await world.settled();
      expect(await goneWith('AL', REFERENCE)).toBeNull();
    });

    it('stay where their author may not know of the hit: whose it is would be told', async () => {
      const [hidden, guess] = [uuid('hidden'), uuid('guess')];
      const { access, ...secret } = profile(hidden, 'trace');
      await world.say('GB', { ...secret, access: { ...access!, audience: ['GB'] } });
      const hit = uuidv8('dna-hit', ...[REFERENCE, hidden].sort());
      await world.say('AL', word(guess, 'dna.data-sent', { hit, facts: 'A swab' }));
      await world.settled();
      expect(await goneWith('AL', REFERENCE)).toEqual([]);
    });
  });

  it('leave what was sent beside them', async () => {
    await world.say('AL', send(EARLIER, 'A swab'), send(SENT, 'Two swabs'));
    await world.say('AL', ended(SENT, 'erased'));
    await world.settled();
    expect(await world.rows('dna_words', `kind = 'data-sent'`)).toMatchObject([{ record: EARLIER }]);
    await sameAfterReplay();
  });
});
