import type { Format } from './format.ts';

/** Adds the release without touching the rest of the line: the node checks the line as its author wrote it. */
const withRelease = (line: string, release: object): string => {
  const body = line.trim();
  const comma = body.slice(1, -1).trim() === '' ? '' : ',';
  return `${body.slice(0, -1)}${comma}"release":${JSON.stringify(release)}}`;
};

export const reports = {
  name: 'reports',
  description: 'NDJSON, one body of POST /v1/reports a line',
  path: '/v1/reports',
  batch: true,
  map: (line, release) => ({ body: release && line.trim().endsWith('}') ? withRelease(line, release) : line }),
} satisfies Format;
