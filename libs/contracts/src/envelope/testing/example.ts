import type { Envelope } from '../envelope.ts';

/** Fixed for ever: the golden texts are made from them. Fictional. */
export const RECORD = '01972f4e-0000-7000-8000-000000000001';
export const EVENT = '01972f4e-0000-7000-8000-00000000000a';
export const SIGNING_KEY = {
  kid: 'ZKeCDmB1kg-B-QFr2TRq6pO7qcTLxWZf1bLzxR8kTVo',
  publicJwk: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  privateJwk: {
    kty: 'OKP',
    crv: 'Ed25519',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  },
} as const;

export const RELEASED: Envelope = {
  specversion: '1.0',
  id: EVENT,
  source: '/members/GB',
  type: 'accord.intelligence.report-released.v1',
  subject: RECORD,
  time: '2025-06-01T10:00:00.000Z',
  dataschema: 'urn:accord:schema:intelligence.report-released.v1',
  datacontenttype: 'application/json',
  recordversion: 1,
  access: {
    category: 'intelligence',
    purposes: ['people-smuggling', 'organised-crime'],
    audience: ['AL', 'XK'],
    taskforce: false,
    registrysequence: 7,
    classification: 'OFFICIAL-SENSITIVE',
    handlingcodes: [],
    releasedat: '2025-06-01T10:00:00.000Z',
    notbefore: '2025-06-02T00:00:00Z',
    reviewby: '2028-05-15',
  },
  data_base64: 'AAECAwQFBgcICQoL',
};

export const SIGNED_AGREEMENT: Envelope = {
  specversion: '1.0',
  id: EVENT,
  source: '/registry/agreements',
  type: 'accord.registry.agreement-signed.v1',
  subject: RECORD,
  time: '2025-06-01T10:00:00Z',
  dataschema: 'urn:accord:schema:registry.agreement-signed.v1',
  datacontenttype: 'application/json',
  data: { by: 'AL', title: 'Marrëveshje "e re", Дебар' },
};
