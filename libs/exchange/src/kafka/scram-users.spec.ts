import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { describeKafka, newPrefix, QUICK } from '../testing/kafka-server.ts';
import { applyTopics, openKafkaExchange, principalsOf, setScramUser } from './index.ts';

await describeKafka('a principal that is made while the broker runs', (login) => {
  const user = `new-${randomBytes(4).toString('hex')}`;
  const source = '/members/ME';
  const prefix = newPrefix();
  const as = (username: string, password: string) => ({
    ...login('admin'),
    sasl: { mechanism: 'scram-sha-512' as const, username, password },
  });

  /** Whether it signs in and writes what is its own. */
  const writes = async (password: string): Promise<boolean> => {
    const exchange = await openKafkaExchange({ ...as(user, password), ...QUICK, prefix });
    try {
      await exchange.append(source, [{ key: 'k', value: 'v' }]);
      return true;
    } catch {
      return false;
    } finally {
      await exchange.close();
    }
  };

  it('signs in, writes its own topic, and no more by an old password', async () => {
    const principals = { ...principalsOf([]), members: { ME: `User:${user}` } };
    await applyTopics(login('admin'), { sources: [source], principals, prefix });
    await setScramUser(login('admin'), user, 'first');
    expect(await writes('first')).toBe(true);
    await setScramUser(login('admin'), user, 'second');
    expect([await writes('first'), await writes('second')]).toEqual([false, true]);
  });

  it('is made by nobody but who may', async () => {
    await expect(setScramUser(login('GB'), user, 'mine')).rejects.toThrow(/refuses|authoriz/i);
    await expect(setScramUser(login('admin'), '', 'x')).rejects.toThrow('no name');
  });
});
