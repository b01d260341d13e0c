import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Candidate } from './candidate.ts';
import { mustBeCheckable, mustBeReachable } from './standing.ts';

/** What `accord onboard` asks of a country on its way in. */
const candidate = (state: string, node?: string, file: object | null = {}): Candidate =>
  ({ code: 'ME', file, state: async () => state, findNode: () => node }) as unknown as Candidate;

describe('a check of a member', () => {
  it.each([
    ['none', 'ME is no member yet'],
    ['proposed', 'ME is only proposed'],
    ['approved', 'ME is only approved'],
  ])('in state %s says what is to be done first', async (state, said) => {
    const refusal = mustBeCheckable(candidate(state));
    await expect(refusal).rejects.toThrow(said);
    await expect(refusal).rejects.toThrow('`accord onboard ME`');
  });

  it('in state active says that it is over, and what checks it now', async () => {
    const refusal = mustBeCheckable(candidate('active'));
    await expect(refusal).rejects.toThrow('ME is active');
    await expect(refusal).rejects.toThrow('`accord verify`');
  });

  it.each(['keys-registered', 'conformance-passed'])('in state %s may go on', async (state) => {
    await expect(mustBeCheckable(candidate(state))).resolves.toBeUndefined();
  });
});

describe('before the first step, its node', () => {
  const answering = async (status: number, ask: (url: string) => Promise<void>) => {
    const server = createServer((request, response) =>
      response.writeHead(request.url === '/health' ? status : 404).end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await ask(url).finally(() => server.close());
    return url;
  };
  const going = ['none', 'proposed', 'approved', 'keys-registered'];

  it.each(going)('must be known (%s)', async (state) => {
    await expect(mustBeReachable(candidate(state))).rejects.toThrow("Where ME's node answers is not known.");
    await expect(mustBeReachable(candidate(state))).rejects.toThrow('Nothing was done. Start it first (`accord start');
  });

  it('must answer, and be well', async () => {
    await answering(200, async (url) => {
      await expect(mustBeReachable(candidate('proposed', url))).resolves.toBeUndefined();
    });
    const gone = await answering(503, async (url) => {
      await expect(mustBeReachable(candidate('proposed', url))).rejects.toThrow(`node at ${url} answers 503`);
    });
    await expect(mustBeReachable(candidate('none', gone))).rejects.toThrow(`ME's node doesn't answer at ${gone}.`);
  });

  it('is of no use where nobody can propose its member', async () => {
    await expect(mustBeReachable(candidate('none', undefined, null))).rejects.toThrow('with --member-file');
  });

  it.each(['conformance-passed', 'active'])('is not asked again (%s)', async (state) => {
    await expect(mustBeReachable(candidate(state))).resolves.toBeUndefined();
  });
});
