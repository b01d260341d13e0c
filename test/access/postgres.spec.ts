import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openPostgres, type Database } from '#sql';
import { describePostgres } from '../../libs/sql/src/testing/index.ts';
import { compare } from './compare.ts';
import { createViews, load, visibleTo } from './database.ts';
import { describeCase } from './shrink.ts';
import { worldFrom } from './world.ts';

await describePostgres('the access rule on a server, its tables owned by no superuser', (newDatabase) => {
  let db: Database;
  beforeAll(async () => {
    const url = new URL(await newDatabase());
    const owner = `owner_of_${url.pathname.slice(1)}`;
    const superuser = await openPostgres({ url: url.href, max: 1 });
    await superuser.exec(`create role ${owner} login createrole password '${url.password}'`);
    await superuser.exec(`grant create on database ${url.pathname.slice(1)} to ${owner}`);
    await superuser.close();
    url.username = owner;
    db = await openPostgres({ url: url.href, max: 4 });
    await createViews(db, 'views');
  });
  afterAll(() => db.close());

  it('agrees on 300 generated cases, seed 11', async () => {
    const { disagreements } = await compare(db, { seed: 11, cases: 300 });
    expect(disagreements.slice(0, 1).map(describeCase)).toEqual([]);
  });

  it('keeps apart who reads at the same time', async () => {
    const world = worldFrom(11);
    await load(db, world);
    const all = () =>
      Promise.all(world.askings.map(({ viewer, now }) => visibleTo(db, viewer, now, world.withheldSources)));
    const [first, ...later] = [await all(), await all(), await all()];
    expect(later).toEqual([first, first]);
    expect(new Set(first!.map((ids) => [...ids.keys()].sort().join())).size).toBeGreaterThan(1);
  });
});
