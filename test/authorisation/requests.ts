import type { Things } from './task-force.ts';

/** How a route is asked. */
export interface Request {
  method: string;
  path: string;
  body?: string;
  headers: Record<string, string>;
}

/** Who asks: GB, whose the things are, AL, or XK, which is suspended. */
export type Who = 'own' | 'foreign' | 'suspended';
type Made = { query?: string; body?: object | string; headers?: Record<string, string> };
type Make = (things: Things, who: Who) => Made;

const NOBODY = '01900000-0000-7000-8000-000000000000';
const UNMET = { 'if-match': '"999"' };
const PLAIN: Make = () => ({ headers: {} });
const NDJSON = { 'content-type': 'application/x-ndjson' };

/**
 * What a route is asked where its parameters alone are not enough. Commands are asked so that they change nothing: with a
 * body that is refused, a version that there isn't, or about what is in another state.
 */
const SPECIAL: Record<string, Make> = {
  // Speaks of GB, which is active.
  'POST /v1/members': () => ({ body: { code: 'GB', name: 'United Kingdom', contact: 'Accord desk London' } }),
  'POST /v1/members/:code/keys': () => ({ body: KEYS }),
  'POST /v1/members/:code/keys/:kid/revoke': () => ({ body: { fromSequence: 1 } }),
  'POST /v1/members/:code/conformance': () => ({ body: { run: '24 checks' } }),
  // Whoever is let in would do it: so only with a version that there isn't.
  'POST /v1/members/:code/suspend': (_, who) => ({ headers: who === 'suspended' ? {} : UNMET }),
  'POST /v1/members/:code/withdraw': (_, who) => ({ headers: who === 'own' ? UNMET : {} }),
  // It is in force, and has no amendment.
  'POST /v1/agreements/:id/sign': PLAIN,
  'POST /v1/agreements/:id/resume': PLAIN,
  'POST /v1/agreements/:id/amend': () => ({ body: { onward: false }, headers: {} }),
  'POST /v1/agreements/:id/amendments/:revision/sign': PLAIN,
  'POST /v1/agreements/:id/amendments/:revision/decline': PLAIN,
  'POST /v1/reports::batch': () => ({ body: '', headers: NDJSON }),
  'POST /v1/crossings::batch': () => ({ body: '', headers: NDJSON }),
  'POST /v1/document-checks': () => ({ body: { number: 'NOSUCH1' } }),
  'POST /v1/document-checks::batch': () => ({ body: { checks: [{ number: 'NOSUCH1' }] } }),
  'POST /v1/replays': () => ({ body: { view: 0 } }),
  'POST /v1/verifications': () => ({ body: { heads: 0 } }),
  'GET /v1/networks/graph': ({ subject }) => ({ query: `?subject=${subject}` }),
  'GET /v1/explain': ({ report }) => ({ query: `?record=${report}&member=AL&purpose=people-smuggling` }),
  'GET /v1/audit': ({ report }) => ({ query: `?record=${report}` }),
  'GET /v1/receipts': ({ report }) => ({ query: `?record=${report}` }),
  'GET /v1/returns/statistics': () => ({ query: '?by=year' }),
  'GET /v1/returns/re-entry': () => ({ query: '?cohort=2025' }),
  'GET /v1/disclosures': ({ report }) => ({ query: `?record=${report}` }),
};

const KEYS = {
  issuer: 'urn:test:issuer:GB',
  jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'k', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] },
  signingKey: { kty: 'OKP', crv: 'Ed25519', kid: 'k', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  proof: 'no signature',
};

/** The thing that a parameter names: one of GB's where there is one, else one that isn't there. */
function named(route: string, name: string, { report, agreement, subject }: Things): string {
  if (name === 'code') return 'GB';
  if (name === 'record') return report;
  if (name === 'revision') return '2';
  if (route.includes('/agreements/')) return agreement;
  if (route.includes('/reports/')) return report;
  return route.includes('/subjects/') ? subject : NOBODY;
}

/** A request of a route, which changes nothing, as this member is to ask it. */
export function requestOf(route: string, things: Things, who: Who): Request {
  const [method, pattern] = route.split(' ') as [string, string];
  const usual: Required<Made> = { query: '', body: {}, headers: route.includes('/:id') ? UNMET : {} };
  const { query, body, headers } = { ...usual, ...SPECIAL[route]?.(things, who) };
  const path = pathOf(route, pattern, things) + query;
  if (method === 'GET' || method === 'DELETE') return { method, path, headers: { ...WHY, ...headers } };
  return { method, path, body: bodyOf(body), headers: { ...WHY, 'content-type': 'application/json', ...headers } };
}

const WHY = { 'accord-purpose': 'people-smuggling', 'accord-case': 'C-1' };

/** With its parameters filled in; `::` is a colon. */
const pathOf = (route: string, pattern: string, things: Things): string =>
  pattern.replace(/::|:(\w+)/g, (_, name?: string) =>
    name === undefined ? ':' : encodeURIComponent(named(route, name, things)),
  );

const bodyOf = (body: object | string): string => (typeof body === 'string' ? body : JSON.stringify(body));
