import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { freePort } from '#platform/servers';
import { mustBeFree } from './ports.ts';

it('a port that another product has is named before anything is started', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const free = `http://127.0.0.1:${await freePort()}`;
  const taken = { registry: free, views: free, nodes: { GB: free, AL: `http://127.0.0.1:${port}` } };
  await expect(mustBeFree(taken)).rejects.toThrow(`Port ${port} is in use`);
  await new Promise((resolve) => server.close(resolve));
  await mustBeFree(taken);
});
