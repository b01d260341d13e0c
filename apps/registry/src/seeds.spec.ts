import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CATEGORIES, PURPOSES } from '#contracts';
import { RegistryHarness } from './testing/harness.ts';

const seed = (name: string) => JSON.parse(readFileSync(new URL(`../../../seeds/${name}`, import.meta.url), 'utf8'));

describe('the demo’s members and agreements', () => {
  const members = seed('members.json');
  const { agreements } = seed('agreements.json');
  let registry: RegistryHarness;
  beforeAll(async () => {
    registry = await RegistryHarness.start();
  });
  afterAll(() => registry.stop());

  it('are founded by three, and join two more', () => {
    expect(members.founders.map(({ code }: { code: string }) => code)).toEqual(['GB', 'AL', 'XK']);
    expect(members.proposed.map(({ body }: { body: { code: string } }) => body.code)).toEqual(['MK', 'ME']);
  });

  it('are taken by the public commands, twice with the same result', async () => {
    const load = async () => {
      for (const { by, body } of members.proposed) {
        const reply = await registry.speak(by, '/v1/members', body, { 'idempotency-key': `seed-${body.code}` });
        expect(reply.status).toBe(201);
      }
      for (const { ref, draftedBy, body, signedBy } of agreements) {
        const { body: made } = await registry.speak(draftedBy, '/v1/agreements', body, { 'idempotency-key': ref });
        for (const party of signedBy) {
          const key = { 'idempotency-key': `${ref}-sign` };
          expect((await registry.speak(party, `/v1/agreements/${made.id}/sign`, {}, key)).status).toBe(200);
        }
      }
      return registry.read('GB', '/v1/agreements');
    };
    const first = await load();
    const stored = await registry.stored();
    expect((await load()).text).toBe(first.text);
    expect(await registry.stored()).toBe(stored);
    expect(first.body.items).toMatchObject([
      { state: 'in-force', parties: ['GB', 'AL'], categories: ['document'], purposes: ['document-fraud'] },
      { state: 'in-force', parties: ['GB', 'AL', 'XK'], categories: [...CATEGORIES], purposes: [...PURPOSES] },
    ]);
    expect((await registry.read('XK', '/v1/agreements')).body.items).toHaveLength(1);
  });
});
