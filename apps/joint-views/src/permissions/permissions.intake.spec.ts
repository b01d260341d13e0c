import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ended, released } from '../intake/testing/said.ts';
import { ACCESS, uuid, type Said } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';

const R = uuid('report');
const Q = uuid('request');

const word = (subject: string, type: string, content: object): Said => ({
  type: `accord.${type}.v1`,
  subject,
  recordversion: 1,
  sealed: { content },
});
const asked = word(Q, 'permissions.permission-requested', { record: R, code: 'H1', scope: 'A court', reason: 'Why' });
const granted = word(uuid('grant'), 'permissions.permission-granted', {
  request: Q,
  scope: 'That court',
  until: '2099-01-01T00:00:00Z',
});
const refused = word(uuid('refusal'), 'permissions.permission-refused', { request: Q, reason: 'A source' });
const withdrawn = word(uuid('withdrawal'), 'permissions.permission-withdrawn', { request: Q });
const report = released(R, { access: { ...ACCESS, handlingcodes: ['H1'] } });

describe('what members say of permissions, each on its own source', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const states = () =>
    world.db.query('select requester, originator, state, granted_scope, refused_because from views.permission_states');
  const by = (member: string, ...said: Said[]) => ({ member, said });

  it.each([
    ['in the order in which it happened', [by('GB', report), by('AL', asked), by('GB', granted)]],
    ['the answer before the request', [by('GB', report, granted), by('AL', asked)]],
    ['the request before the report', [by('AL', asked), by('GB', report, granted)]],
  ])('comes to the same, %s', async (_, order) => {
    for (const { member, said } of order) {
      await world.say(member, ...said);
      await world.settled();
    }
    expect(await states()).toEqual([
      { requester: 'AL', originator: 'GB', state: 'granted', granted_scope: 'That court', refused_because: null },
    ]);
  });

  it('is what the originator said last, and nothing once it was taken back; a replay ends the same', async () => {
    await world.say('GB', report, granted, refused);
    await world.say('AL', asked);
    await world.say('AL', word(uuid('noted'), 'records.notice-acknowledged', { notice: uuid('notice') }));
    await world.settled();
    expect(await states()).toMatchObject([{ state: 'refused', granted_scope: null, refused_because: 'A source' }]);
    await world.say('AL', withdrawn);
    await world.settled();
    expect(await states()).toMatchObject([{ state: 'withdrawn', refused_because: null }]);
    expect(await world.rows('acknowledgements')).toMatchObject([{ originator: 'AL', notice: uuid('notice') }]);
    const tables = await world.side.replay();
    expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
    expect(await states()).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('is void once its record is taken back', async () => {
    await world.say('GB', report, granted);
    await world.say('AL', asked);
    await world.say('GB', ended(R, 'recalled'));
    await world.settled();
    expect(await states()).toMatchObject([{ originator: null, state: 'void', granted_scope: null }]);
  });
});
