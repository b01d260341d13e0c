import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { newSigningKey } from '#contracts';
import { createLogger } from '#platform';
import { KeyDelivery } from './key-delivery.ts';
import type { RecordKeys } from './keys.ts';

describe('what proves a node to the joint views', () => {
  const clock = { at: 1_750_000_000_000, now: () => clock.at };
  const delivery = new KeyDelivery({
    source: '/members/GB',
    url: 'http://127.0.0.1:1',
    signingKey: newSigningKey(),
    keys: {} as RecordKeys,
    clock,
    logger: createLogger('test', 'silent'),
  });
  const at = async (seconds: number) => {
    clock.at = (1_750_000_000 + seconds) * 1000;
    return delivery.token();
  };

  it('serves for many requests, and never with less than half a minute left', async () => {
    const first = await at(0);
    expect(decodeJwt(first)).toMatchObject({
      iss: '/members/GB',
      aud: 'accord-keys',
      iat: 1_750_000_000,
      exp: 1_750_000_060,
    });
    expect(await at(29)).toBe(first);
    const second = await at(30);
    expect(decodeJwt(second)).toMatchObject({ iat: 1_750_000_030, exp: 1_750_000_090 });
    expect(await at(59)).toBe(second);
  });

  it('is made anew where the clock was set back', async () => {
    await at(3600);
    expect(decodeJwt(await at(100))).toMatchObject({ iat: 1_750_000_100 });
  });
});
