import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ended, reshielded } from '../intake/testing/said.ts';
import { ACCESS, uuid, type Said } from '../intake/testing/source.ts';
import { closeWorlds, World } from '../intake/testing/world.ts';

const A = uuid('alert');
const CONTENT = {
  number: 'ba 123-45 67',
  type: 'passport',
  issuingState: 'AL',
  status: 'forged',
  since: '2026-01-15',
  finding: { machine: 'Desk 3', pattern: 'The data page is of another batch.' },
};

const said = (what: 'released' | 'withdrawn', recordversion = 1, content: object = {}): Said => ({
  type: `accord.documents.alert-${what}.v1`,
  subject: A,
  recordversion,
  access: { ...ACCESS, category: 'document', purposes: ['document-fraud'], audience: ['AL'] },
  sealed: {
    shield: [],
    content: { ...CONTENT, stage: what === 'withdrawn' ? 'withdrawn' : 'in-force', ...content },
  },
});

describe('what a member says of a document', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const rowsAfter = async (...all: Said[]) => {
    await world.say('GB', ...all);
    await world.settled();
    return world.rows('document_alerts');
  };

  it('stands in the register as it was told last, its number as checks compare it', async () => {
    const { finding } = CONTENT;
    const row = { record: A, originator: 'GB', number: CONTENT.number, number_key: 'BA1234567', issuing_state: 'AL' };
    expect(await rowsAfter(said('released'))).toMatchObject([{ ...row, status: 'forged', finding, stage: 'in-force' }]);
    expect(await rowsAfter(said('withdrawn', 2))).toMatchObject([{ ...row, version: 2, stage: 'withdrawn', state: 0 }]);
  });

  it('is shielded, recalled and erased like any record', async () => {
    expect(await rowsAfter(said('released'), reshielded(A, ['al']))).toMatchObject([{ shield: 2, version: 1 }]);
    expect(await rowsAfter(ended(A, 'recalled'))).toMatchObject([{ state: 1 }]);
    expect(await rowsAfter(ended(A, 'erased'))).toEqual([]);
  });

  it.each<[string, object]>([
    ['a number of signs', { number: '--' }],
    ['a state that is none', { issuingState: 'QQ' }],
    ['another stage', { stage: 'found' }],
  ])('does not count with %s', async (_, wrong) => {
    expect(await rowsAfter(said('released', 1, wrong))).toEqual([]);
  });
});
