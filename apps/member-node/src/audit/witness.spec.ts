import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Witness, type WitnessParts } from './witness.ts';

let server: Server;
beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(401).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const witness = (state: string | undefined) => {
  const logger = { info: jest.fn(), warn: jest.fn() };
  const viewsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const db = { query: async () => [] };
  const parts = { db, logger, viewsUrl, delivery: { token: async () => 't' }, state: () => state, schema: 'gb' };
  return { logger, it: new Witness(parts as unknown as WitnessParts) };
};

it.each([undefined, 'proposed', 'approved'])(
  'a node whose member is %s says once that nothing is witnessed yet',
  async (state) => {
    const { it, logger } = witness(state);
    for (let look = 0; look < 3; look += 1) await it.look();
    expect(logger.info).toHaveBeenCalledTimes(1);
  },
);

it.each(['active', 'suspended', 'keys-registered'])('one that is %s must be told of a refusal', async (state) => {
  const { it, logger } = witness(state);
  await expect(it.look()).rejects.toThrow('401');
  expect(logger.info).not.toHaveBeenCalled();
});
