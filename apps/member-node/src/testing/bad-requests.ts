import { refused, type Refused } from './refused.ts';
import type { Ask } from './running-node.ts';

const UNKNOWN = '01980000-0000-7000-8000-0000000000ff';
const terms = { audience: ['AL'], purposes: ['people-smuggling'] };

const on = (what: string, id = UNKNOWN) => `POST /v1/reports/${id}/${what}`;
const said = (body: object): Ask => ({ body });
const operation = {
  name: 'Operation Shembull',
  participants: ['AL'],
  purposes: ['people-smuggling'],
  area: 'Durrës',
  window: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  targets: [],
  classification: 'OFFICIAL',
};
const OPERATIONS = 'POST /v1/operations';
const at = '2026-01-01T05:00:00Z';

/** Whatever else a node may be asked. */
export const BAD_REQUESTS: readonly Refused[] = [
  refused('a release of nothing', on('release'), said(terms), '404 not-found'),
  refused('an id that is none', on('recall', 'x'), said({ reason: 'r' }), '404 not-found'),
  refused('a recall without a reason', on('recall'), said({}), '400 invalid-request /reason required'),
  refused('an amendment of nothing', on('amend'), said({ reason: 'r' }), '400 invalid-request - minProperties'),
  refused(
    'a stranger released to',
    on('release'),
    said({ ...terms, audience: ['ZZ'] }),
    '422 audience.unknown-member /audience/0 known-member',
  ),
  refused(
    'If-Match without quotes',
    on('recall'),
    { ...said({ reason: 'r' }), headers: { 'if-match': '3' } },
    '400 invalid-request /headers/if-match header',
  ),
  refused('a bad cursor', 'GET /v1/reports?cursor=abc', {}, '400 invalid-request /cursor cursor'),
  refused('a limit too high', 'GET /v1/reports?limit=501', {}, '400 invalid-request /limit max'),
  refused('an unknown query', 'GET /v1/reports?order=asc', {}, '400 invalid-request /order unknown-field'),
  refused('an unknown report', `GET /v1/reports/${UNKNOWN}`, {}, '404 not-found'),
  refused('an unknown route', 'GET /v1/nothing', {}, '404 not-found'),
  refused('a batch that is JSON', 'POST /v1/reports:batch', said([]), '415 unsupported-media-type'),
  refused(
    'a window that ends before it begins',
    OPERATIONS,
    said({ ...operation, window: { from: at, to: '2025-01-01T00:00:00Z' } }),
    '400 invalid-request /window/to order',
  ),
  refused(
    'a stranger that takes part',
    OPERATIONS,
    said({ ...operation, participants: ['FR'] }),
    '422 audience.unknown-member /participants/0 known-member',
  ),
  refused(
    'a target that is no id',
    OPERATIONS,
    said({ ...operation, targets: ['p'] }),
    '400 invalid-request /targets/0 pattern',
  ),
  refused(
    'an approval that says more',
    `POST /v1/operations/${UNKNOWN}/approve`,
    said({ yes: true }),
    '400 invalid-request /yes unknown-field',
  ),
  refused(
    'half an arrest',
    `POST /v1/operations/${UNKNOWN}/arrests`,
    said({ count: 0.5, at, place: 'x', offence: 'x' }),
    '400 invalid-request /count type',
  ),
  refused(
    'a seizure of dreams',
    `POST /v1/operations/${UNKNOWN}/seizures`,
    said({ kind: 'dream', quantity: 1, unit: 'item', at }),
    '400 invalid-request /kind enum',
  ),
  refused(
    'nobody rescued',
    `POST /v1/operations/${UNKNOWN}/rescues`,
    said({ count: 0, at, place: 'x' }),
    '400 invalid-request /count minimum',
  ),
  refused('no outcome', `POST /v1/operations/${UNKNOWN}/conclude`, said({}), '400 invalid-request /outcome required'),
];
