import { describe, expect, it } from '@jest/globals';
import { NotFound, Unavailable } from '#contracts';
import { openPglite, openPostgres } from './index.ts';
import { toStoreError } from './unavailable.ts';

const withCode = (code: string) => Object.assign(new Error('driver'), { code });

describe('toStoreError', () => {
  it.each(['08006', '53100', '53300', '57P01', '58030', '25006', 'XX001', 'ECONNREFUSED', 'EPIPE', 'ENOSPC'])(
    'makes %s an outage, with its cause',
    (code) => {
      const error = withCode(code);
      expect(toStoreError(error)).toMatchObject({ code: 'store-unavailable', status: 503, cause: error });
      expect((toStoreError(error) as Unavailable).message).not.toContain('driver');
    },
  );

  it.each(['23505', '22P02', '40001', '42703', '57014', 'ERR_INVALID_ARG_TYPE'])('leaves %s as it is', (code) => {
    const error = withCode(code);
    expect(toStoreError(error)).toBe(error);
  });

  it('leaves problems and what is no error as they are', () => {
    const problem = new NotFound();
    expect(toStoreError(problem)).toBe(problem);
    expect(toStoreError('text')).toBe('text');
  });
});

describe('a store that is gone', () => {
  it('says so when there is no server', async () => {
    await expect(openPostgres({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toBeInstanceOf(Unavailable);
  });

  it('says so when it was closed', async () => {
    const db = await openPglite('memory://');
    await db.close();
    await db.close();
    await expect(db.query('select 1')).rejects.toBeInstanceOf(Unavailable);
    await expect(db.transaction(async () => {})).rejects.toBeInstanceOf(Unavailable);
  });
});
