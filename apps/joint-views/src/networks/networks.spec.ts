import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#sql';
import { startReadSide, type Caller } from '../testing/caller.ts';
import { putReport, uuid, type EntityGiven } from '../testing/fixtures.ts';
import { putRegistry } from '../testing/registry-fixtures.ts';
import { openTables } from '../testing/tables.ts';

const id = (number: number) => `GB:${uuid(number)}`;
const person = (number: number, properties: Record<string, string[]>): EntityGiven => ({
  id: id(number),
  schema: 'Person',
  properties,
});
const link = (number: number, source: number, target: number, schema = 'Associate') => ({
  id: id(number),
  schema,
  source: id(source),
  target: id(target),
});

describe('networks', () => {
  let db: Database;
  let caller: Caller;

  beforeAll(async () => {
    db = await openTables();
    await putRegistry(db);
    // 101 is known by two reports, of which XK sees one: with another name, and fewer links.
    await putReport(db, {
      id: uuid(1),
      updated: 10,
      entities: [
        person(101, { name: ['Arben Shembulli'], nationality: ['al'] }),
        person(102, { name: ['Test Viktimë'], alias: ['Vika'] }),
      ],
      links: [link(201, 101, 102)],
    });
    await putReport(db, {
      id: uuid(2),
      updated: 20,
      audience: ['AL'],
      entities: [
        person(101, { name: ['Ben Shembulli'], birthDate: ['1984'] }),
        { id: id(103), schema: 'Company', properties: { name: ['Varka shpk'] } },
      ],
      links: [link(202, 101, 103, 'Ownership'), link(203, 101, 102)],
    });
    // A chain: 103 – 104 – 105, and an end that no visible report speaks of.
    await putReport(db, {
      id: uuid(3),
      updated: 30,
      audience: ['AL'],
      entities: [person(104, { lastName: ['Prova'] }), { id: id(105), schema: 'Vehicle' }],
      links: [link(204, 104, 103), link(205, 105, 104), link(206, 105, 199)],
    });
    caller = await startReadSide(db);
  });
  afterAll(async () => {
    await caller.close();
    await db.close();
  });

  const subject = async (number: number, member = 'AL') =>
    (await caller.get(`/v1/subjects/${id(number)}`, { member })).json;
  const found = async (query: string, member = 'AL') => {
    const items: { id: string }[] = await caller.all(`/v1/subjects${query}`, { member });
    return items.map((item) => Number(item.id.slice(-4)));
  };

  it('lists each subject once, at the newest record that the viewer sees', async () => {
    expect((await caller.get('/v1/subjects?limit=3')).json).toEqual({
      items: [
        { id: id(105), schema: 'Vehicle', caption: 'Vehicle', originators: ['GB'], reports: 1 },
        { id: id(104), schema: 'Person', caption: 'Prova', originators: ['GB'], reports: 1 },
        { id: id(103), schema: 'Company', caption: 'Varka shpk', originators: ['GB'], reports: 1 },
      ],
      next: expect.any(String),
    });
    for (const limit of [1, 2, 5]) expect(await found(`?limit=${limit}`)).toEqual([105, 104, 103, 101, 102]);
    expect(await found('', 'XK')).toEqual([102, 101]);
  });

  it('takes caption and counts from what the viewer sees', async () => {
    expect(await subject(101)).toMatchObject({ caption: 'Ben Shembulli', reports: [uuid(2), uuid(1)] });
    expect(await subject(101, 'XK')).toMatchObject({ caption: 'Arben Shembulli', reports: [uuid(1)] });
    expect((await caller.get('/v1/subjects?name=shembulli', { member: 'XK' })).json).toMatchObject({
      items: [{ reports: 1 }],
    });
  });

  it('finds by every word of a name or alias, folded', async () => {
    expect(await found('?name=shembulli')).toEqual([101]);
    expect(await found('?name=SHEMBULLI%20Arben')).toEqual([101]);
    expect(await found('?name=vika')).toEqual([102]);
    expect(await found(`?name=${encodeURIComponent('viktimë')}`)).toEqual([102]);
    expect(await found('?name=arben%20vika')).toEqual([]);
    expect(await found('?name=ben', 'XK')).toEqual([]);
  });

  it('filters by kind, nationality and originator', async () => {
    expect(await found('?schema=Person')).toEqual([104, 101, 102]);
    expect(await found('?schema=LegalEntity')).toEqual([104, 103, 101, 102]);
    expect(await found('?nationality=AL')).toEqual([101]);
    expect(await found('?originator=XK')).toEqual([]);
  });

  it('names for each value the report that says so, and merges links', async () => {
    expect(await subject(101)).toEqual({
      id: id(101),
      schema: 'Person',
      caption: 'Ben Shembulli',
      properties: {
        birthDate: [{ value: '1984', assertion: 'fact', report: uuid(2), originator: 'GB' }],
        name: [
          { value: 'Ben Shembulli', assertion: 'fact', report: uuid(2), originator: 'GB' },
          { value: 'Arben Shembulli', assertion: 'fact', report: uuid(1), originator: 'GB' },
        ],
        nationality: [{ value: 'al', assertion: 'fact', report: uuid(1), originator: 'GB' }],
      },
      reports: [uuid(2), uuid(1)],
      links: [
        {
          schema: 'Associate',
          other: { id: id(102), caption: 'Test Viktimë', schema: 'Person' },
          reports: [uuid(1), uuid(2)],
        },
        { schema: 'Ownership', other: { id: id(103), caption: 'Varka shpk', schema: 'Company' }, reports: [uuid(2)] },
      ],
    });
    expect((await subject(101, 'XK')) as unknown).toMatchObject({
      links: [{ schema: 'Associate', reports: [uuid(1)] }],
    });
    expect((await caller.get(`/v1/subjects/${id(103)}`, { member: 'XK' })).status).toBe(404);
  });

  const graph = async (number: number, query = '', member = 'AL') => {
    const { json } = await caller.get(`/v1/networks/graph?subject=${id(number)}${query}`, { member });
    const { nodes, edges, truncated } = json as {
      nodes: { id: string; degree: number }[];
      edges: { source: string; target: string }[];
      truncated: boolean;
    };
    const short = (global: string) => Number(global.slice(-4));
    return {
      nodes: nodes.map((node) => [short(node.id), node.degree]),
      edges: edges.map((edge) => [short(edge.source), short(edge.target)]),
      truncated,
    };
  };

  it('draws the network breadth first, with degrees of what is shown', async () => {
    expect(await graph(101, '&depth=1')).toEqual({
      nodes: [
        [101, 2],
        [102, 1],
        [103, 1],
      ],
      edges: [
        [101, 102],
        [101, 103],
      ],
      truncated: false,
    });
    expect(await graph(101, '&depth=4')).toEqual({
      nodes: [
        [101, 2],
        [102, 1],
        [103, 2],
        [104, 2],
        [105, 1],
      ],
      edges: [
        [101, 102],
        [101, 103],
        [104, 103],
        [105, 104],
      ],
      truncated: false,
    });
    expect(await graph(101, '&depth=4', 'XK')).toEqual({
      nodes: [
        [101, 1],
        [102, 1],
      ],
      edges: [[101, 102]],
      truncated: false,
    });
  });

  it('says when it stopped at its limit', async () => {
    expect(await graph(101, '&depth=4&limit=3')).toMatchObject({
      nodes: [
        [101, 2],
        [102, 1],
        [103, 1],
      ],
      truncated: true,
    });
    expect(await graph(101, '&depth=4&limit=5')).toMatchObject({ truncated: false });
    expect(await graph(101, '&limit=1')).toEqual({ nodes: [[101, 0]], edges: [], truncated: true });
  });

  it('merges the reports behind an edge, and logs every one behind the answer', async () => {
    const { json } = await caller.get(`/v1/networks/graph?subject=${id(101)}&depth=1`);
    expect((json as { edges: unknown[] }).edges[0]).toEqual({
      source: id(101),
      target: id(102),
      schema: 'Associate',
      reports: [uuid(1), uuid(2)],
    });
    const logged = await db.query('select records from consultation.entries order by number desc limit 1');
    expect(logged).toEqual([{ records: [uuid(1), uuid(2)] }]);
  });
});
