import { Command } from 'commander';
import { Home } from '../home/home.ts';
import { givenToken } from '../home/issuers.ts';
import { request } from './client.ts';
import { dataOption, jsonOption } from './options.ts';

export interface SourceStatus {
  source: string;
  sequence: number;
  applied: number;
  lagSeconds: number;
  gaps: unknown[];
  quarantined: boolean;
}

export interface ViewsStatus {
  sources: SourceStatus[];
  registry: { ageSeconds: number };
}

/** The joint views' status, as the operator sees it. */
export const readStatus = (home: Home, token: string): Promise<ViewsStatus> =>
  request<ViewsStatus>('GET', `${home.endpoints().views}/v1/status`, { token });

const stateOf = (source: SourceStatus): string => {
  if (source.quarantined) return 'QUARANTINED';
  if (source.gaps.length > 0) return 'waits for a hole';
  return source.applied === source.sequence ? 'up to date' : `behind by ${source.sequence - source.applied}`;
};

/** `accord status`. */
export const statusCommand = (): Command =>
  new Command('status')
    .description('how far the joint views have applied each source, as the operator sees it')
    .addOption(jsonOption())
    .addOption(dataOption())
    .action(async (options: { json?: boolean; data?: string }) => {
      const home = new Home(options.data);
      const token = await givenToken(home, { member: null, roles: ['operator'], clearance: 'OFFICIAL', user: 'cli' });
      const status = await readStatus(home, token);
      if (options.json) return void process.stdout.write(`${JSON.stringify(status)}\n`);
      for (const source of status.sources) {
        const numbers = `${String(source.applied).padStart(8)} of ${String(source.sequence).padEnd(8)}`;
        process.stdout.write(`${source.source.padEnd(24)}${numbers}${stateOf(source)}\n`);
      }
      process.stdout.write(`registry last confirmed ${status.registry.ageSeconds} s ago\n`);
    });
