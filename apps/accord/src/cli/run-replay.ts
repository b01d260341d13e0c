import { setTimeout as sleep } from 'node:timers/promises';
import { request } from './client.ts';
import { progress } from './progress.ts';

export interface ReplayedTable {
  name: string;
  rows: number;
  before: string;
  after: string;
}

interface Report {
  id: string;
  state: 'running' | 'done' | 'failed';
  phase: string;
  applied: number;
  total: number;
  tables?: ReplayedTable[];
  reason?: string;
}

const POLL_MS = 250;

/** Starts a replay at the joint views, shows how far it is, and answers every table's digests before and after. */
export const runReplay = async (views: string, token: string, view: string | undefined): Promise<ReplayedTable[]> => {
  const url = `${views}/v1/replays`;
  let report = await request<Report>('POST', url, { token, body: view === undefined ? {} : { view } });
  const shown = progress(Math.max(report.total, 1), 'events');
  try {
    while (report.state === 'running') {
      await sleep(POLL_MS);
      report = await request<Report>('GET', `${url}/${report.id}`, { token });
      shown.update(report.applied, report.phase, report.total);
    }
  } finally {
    shown.stop();
  }
  if (report.state === 'failed')
    throw new Error(`The replay failed; the live views stay as they are. ${report.reason ?? ''}`.trim());
  return report.tables ?? [];
};
