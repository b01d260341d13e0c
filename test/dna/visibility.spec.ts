import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../../apps/joint-views/src/testing/caller.ts';
import { NOW, uuid } from '../../apps/joint-views/src/testing/fixtures.ts';
import { putAgreement, putRegistry } from '../../apps/joint-views/src/testing/registry-fixtures.ts';
import { openTables } from '../../apps/joint-views/src/testing/tables.ts';
import { REGISTRY, sees, VIEWERS, type WorldViewer } from '../leaks/viewers.ts';
import { worldFrom, type Access, type Item } from '../leaks/world.ts';

// Printed by name: ACCORD_DNA_SEED=… npm test -- test/dna
const SEED = Number(process.env['ACCORD_DNA_SEED'] ?? Math.floor(Math.random() * 1e9));
const WORLDS = 12;

/** Whether the other member may see it, for the same purpose and whoever of its people asks. */
const partnerSees = (viewer: WorldViewer, member: string, access: Access): boolean =>
  sees({ ...viewer, member, clearance: 'SECRET', withheld: [] }, access);

/** Of two own profiles: there, as for another member. */
const stands = ({ state, withheld, reviewBy, notBefore }: Access): boolean =>
  state === 'released' && !withheld && reviewBy > NOW && (notBefore === null || notBefore <= NOW);

/** The rule in words: only the two members, where each may see the other's profile. */
const mayKnow = (viewer: WorldViewer, own: Access, other: Access): boolean => {
  if (own.originator !== viewer.member || !sees(viewer, own) || !sees(viewer, other)) return false;
  if (other.originator === viewer.member) return stands(own) && stands(other);
  return stands(own) && partnerSees(viewer, other.originator, own);
};

describe(`hits in ${WORLDS} worlds from seed ${SEED}`, () => {
  let db: Database;
  let caller: Caller;
  const gate = { withheld: [] as string[] };

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    const { categories, purposes } = REGISTRY.agreements[1]!;
    await putAgreement(db, { id: uuid(901), categories: [...categories], purposes: [...purposes] });
    caller = await startReadSide(db, { withheld: () => gate.withheld });
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const fill = async (items: readonly Item[]) => {
    await db.exec('delete from views.dna_words; delete from views.dna_profiles; delete from views.records');
    for (const item of items) if (item.kind === 'system' && item.access.state !== 'erased') await item.put(db);
    return db.query<{ record: string; other: string; hit: string }>('select record, other, hit from views.dna_hits');
  };

  it('are listed for whom the rule lets know of them, and for nobody else', async () => {
    let [shown, hidden] = [0, 0];
    for (let world = 0; world < WORLDS; world += 1) {
      const items = worldFrom(SEED + world).items.filter((item) => item.kind === 'system' && item.name === 'dna');
      const accesses = new Map(items.map(({ access }) => [access.id, access]));
      const met = await fill(items);
      for (const viewer of VIEWERS) {
        const known = met.filter(({ record, other }) => mayKnow(viewer, accesses.get(record)!, accesses.get(other)!));
        const expected = [...new Set(known.map(({ hit }) => hit))].sort();
        gate.withheld = viewer.withheld;
        const { json } = await caller.get('/v1/dna/hits?limit=500', { ...viewer, roles: ['analyst'] });
        const listed = (json.items as { id: string }[]).map(({ id }) => id).sort();
        expect([SEED + world, viewer.member, listed]).toEqual([SEED + world, viewer.member, expected]);
        shown += listed.length;
        hidden += met.length / 2 - listed.length;
      }
    }
    console.log(`dna: ${shown} hits shown, ${hidden} hidden (seed ${SEED})`);
    expect(shown).toBeGreaterThan(10);
    expect(hidden).toBeGreaterThan(100);
  });
});
