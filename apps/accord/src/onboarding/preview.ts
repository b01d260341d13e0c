import { request } from '../cli/client.ts';
import type { Candidate } from './candidate.ts';

export interface Preview {
  originator: string;
  gains: { category: string; records: number }[];
}

/** What the newcomer would see of each active member's: each originator's figures by its own admin's token. */
export const previewsFor = async (candidate: Candidate, since: string): Promise<Preview[]> => {
  const { views } = candidate.endpoints;
  const previews: Preview[] = [];
  for (const originator of await candidate.actives()) {
    const token = await candidate.token(originator, 'admin');
    const url = `${views}/v1/onboarding/${candidate.code}/preview?since=${encodeURIComponent(since)}`;
    previews.push(await request<Preview>('GET', url, { token }));
  }
  return previews;
};

/** What it is released by now, whatever was chosen last: a narrower backfill takes nothing back. */
export const standing = (previews: readonly Preview[]): string => {
  const some = previews
    .map(({ originator, gains }) => ({ originator, records: gains.reduce((sum, { records }) => sum + records, 0) }))
    .filter(({ records }) => records > 0);
  const said = some.map(({ originator, records }) => `${originator} ${records}`).join(', ');
  return `Released to it by now, in all: ${said ? `${said} records` : 'nothing'}`;
};

export const previewLines = (code: string, since: string, previews: readonly Preview[]): string[] => [
  `By a backfill of ${since}, if an agreement covered it, ${code} would see:`,
  ...previews.flatMap(({ originator, gains }) =>
    gains.length === 0
      ? [`  of ${originator}: nothing`]
      : gains.map(({ category, records }) => `  of ${originator}: ${records} of ${category}`),
  ),
  ...(since === 'none' ? withoutBackfill(code) : []),
];

/** Else "nothing" of everyone reads as if there were nothing to share. */
const withoutBackfill = (code: string): string[] => [
  `Without --backfill nothing that exists already is shared: ${code} would see only what is released to it from its joining on.`,
  `What more there is: accord onboard ${code} --dry-run --backfill all, or since a day: --backfill 2025-01-01.`,
];
