import { at, uuid } from '../../apps/joint-views/src/testing/fixtures.ts';
import { SYSTEMS } from './systems/index.ts';
import type { WorldViewer } from './viewers.ts';
import type { World } from './world.ts';

/** One request: its path, and the roles of who makes it. */
export interface Asked {
  path: string;
  roles: string[];
  /** It is a question with a body. */
  body?: object;
}

const LISTS = [
  'reports?limit=3',
  'reports?limit=50',
  'subjects?limit=3',
  'operations?limit=2',
  'notices?limit=2',
  'changes?limit=4',
  'permission-requests?limit=2',
  'results',
  'results?quarter=2026-Q1',
  'results?member=AL',
];
const WRONG = [
  'reports?limit=0',
  'reports?cursor=abc',
  'reports/1',
  'operations?originator=gb',
  'subjects/GB:1',
  'networks/graph?subject=GB:1&depth=99',
  'changes?cursor=abc',
  'audit?record=1',
  'results?quarter=2026',
];
const FILTERS = ['originator=GB', 'originator=XK', 'category=document', `since=${at(3)}`, `until=${at(6)}`];
const WHOM = ['name=Arben', 'name=demo', 'name=prova%20mira', 'schema=Person', 'nationality=al', 'originator=GB'];
const MISSING = uuid(999_999);

/** Everything that an analyst may ask of a world, of what is there as of what isn't. */
export const pathsOf = ({ items, entities }: World, viewer: WorldViewer): Asked[] => {
  const foreign = items.filter(({ access }) => access.originator !== viewer.member).map(({ access }) => access.id);
  const idsOf = (kind: string) => items.filter((item) => item.kind === kind).map(({ access }) => access.id);
  const systemIds = (name: string) =>
    items.filter((item) => item.kind === 'system' && item.name === name).map(({ access }) => access.id);
  const paths = [
    ...LISTS,
    ...WRONG,
    ...FILTERS.map((filter) => `reports?limit=4&${filter}`),
    ...entities.map((entity) => `reports?subject=${entity}`),
    ...WHOM.map((filter) => `subjects?limit=4&${filter}`),
    ...['since', 'until'].map((edge) => `operations?limit=9&${edge}=${at(3)}`),
    ...['report', 'operation'].flatMap((kind) => [...idsOf(kind), MISSING].map((id) => `${kind}s/${id}`)),
    ...entities.map((entity) => `subjects/${entity}`),
    ...entities.map((entity) => `networks/graph?subject=${entity}&depth=4`),
    ...['depth=1', 'depth=4&limit=3'].flatMap((how) =>
      entities.slice(0, 4).map((entity) => `networks/graph?subject=${entity}&${how}`),
    ),
    ...SYSTEMS.flatMap(({ kind, paths: asked }) => asked([...systemIds(kind), MISSING])),
    ...foreign.slice(0, 10).flatMap((id) => ownOnly(id)),
    ...foreign.slice(0, 10).map((id) => `explain?record=${id}&member=${viewer.member}&purpose=people-smuggling`),
  ];
  const others = ['reports', 'notices', `audit?record=${foreign[0] ?? MISSING}`, 'audit?user=u1'];
  const questions = SYSTEMS.flatMap(({ questions: all = [] }) =>
    all.flatMap(([path, body]) => ask([path], [...viewer.roles]).map((one) => ({ ...one, body }))),
  );
  return [...ask(paths, [...viewer.roles]), ...questions, ...ask(others, ['auditor'])];
};

/** What a member may ask of its own records, with the roles for it; all of those are in either world. */
export const ownPathsOf = ({ items }: World, viewer: WorldViewer): Asked[] => {
  const mine = items.filter(({ access }) => access.originator === viewer.member).map(({ access }) => access.id);
  const others = ['AL', 'XK', 'GB'].filter((code) => code !== viewer.member);
  const explained = mine.flatMap((id) =>
    others.map((member) => `explain?record=${id}&member=${member}&purpose=people-smuggling`),
  );
  const previews = ['MK', 'IT', 'ME'].flatMap((code) => [
    `onboarding/${code}/preview`,
    `onboarding/${code}/preview?since=none`,
  ]);
  const asked = ['permission-requests?limit=3', 'permission-requests?limit=50', 'notices?limit=3'];
  return [
    ...ask(previews, ['admin']),
    ...ask([...mine.flatMap((id) => ownOnly(id, false)), ...explained], ['supervisor']),
    ...ask(
      [...mine, MISSING].flatMap((id) => `permission-requests?record=${id}`),
      ['publisher'],
    ),
    ...ask(asked, ['supervisor']),
    ...ask(['audit?limit=3', 'audit?user=u1', 'audit?user=nobody'], ['auditor']),
  ];
};

/** Of another's record they are 404, whether or not it is there. What could have been seen needs the exchange. */
const ownOnly = (id: string, foreign = true): string[] => [
  `audit?record=${id}`,
  `receipts?record=${id}`,
  ...(foreign ? [`disclosures?record=${id}`] : []),
];

const ask = (paths: readonly string[], roles: string[]): Asked[] =>
  paths.map((path) => ({ path: `/v1/${path}`, roles }));
