import { draft, schemaUri } from '#contracts';

const type = 'accord.registry.member-approval-given.v1';

/** An event of the registry's, without a place. */
export const exampleText = draft({
  specversion: '1.0',
  id: '01980000-0000-7000-8000-000000000001',
  source: '/registry/members',
  type,
  subject: 'MK',
  time: '2026-01-01T00:00:00Z',
  dataschema: schemaUri(type),
  datacontenttype: 'application/json',
  data: { by: 'GB' },
});
