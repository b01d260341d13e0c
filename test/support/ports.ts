import { createServer } from 'node:net';

const free = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The ports of one product, counted from its base as the house counts them from 4000. */
const OFFSETS = [0, 100, 101, 102, 103, 104, 105, 106, 107];

/** A base from which every port of a product is free on loopback. */
export const freePortBase = async (): Promise<number> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const base = 20_000 + Math.floor(Math.random() * 100) * 120;
    const all = await Promise.all(OFFSETS.map((offset) => free(base + offset)));
    if (all.every(Boolean)) return base;
  }
  throw new Error('No block of free ports was found.');
};
