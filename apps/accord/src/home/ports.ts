import { accepts } from '#platform/servers';
import type { Endpoints } from './home.ts';

/** What to do about a port that somebody else has. */
export const portInUse = (port: number): Error =>
  new Error(`Port ${port} is in use: stop what listens there, or start on other ports with --port-base.`);

/** Throws where somebody listens already, who would answer in the place of a process that is yet to start. */
export const mustBeFree = async ({ registry, views, nodes }: Endpoints): Promise<void> => {
  for (const url of [registry, views, ...Object.values(nodes)]) {
    const port = Number(new URL(url).port);
    if (await accepts(port)) throw portInUse(port);
  }
};
