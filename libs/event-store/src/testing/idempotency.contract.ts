import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv8 } from '#contracts';
import {
  complete,
  once,
  reserve,
  WrongExpectedVersion,
  type Answer,
  type EventStore,
  type Reservation,
} from '../index.ts';

const META = { actor: 'arta.shembulli', at: '2025-06-01T10:00:00.000Z' };

interface Planned {
  id: string;
}

/** What an idempotency key promises, on any store. `open` answers a store that nobody else writes to. */
export function idempotencyContract(open: () => Promise<EventStore>): void {
  let store: EventStore;
  let keys = 0;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  /** A key that has not been used before. */
  function freshStream(): string {
    return `idempotency-${uuidv8('GB', `key ${(keys += 1)}`)}`;
  }

  /** One try of a command: each try plans ids of its own. */
  function attempt(stream: string, id: string, fingerprint = 'body 1'): Reservation<Planned> {
    return { stream, fingerprint, planned: { id }, meta: META };
  }

  /** A command that creates a stream under its planned id, and finds its own event there when it runs again. */
  async function create({ id }: Planned): Promise<Answer> {
    try {
      await store.append(`report-${id}`, 'no-stream', [{ id: uuidv8(id), type: 'made.v1', data: {}, meta: META }]);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersion)) throw error;
    }
    return { status: 201, answer: { id, version: 1 } };
  }

  async function made(...ids: string[]): Promise<string[]> {
    const streams = await store.readStreams(ids.map((id) => `report-${id}`));
    return [...streams.keys()].map((stream) => stream.slice('report-'.length));
  }

  const id = (stream: string, name: string) => uuidv8(stream, name);

  describe('an idempotency key', () => {
    it('is new at first, to be tried again until completed, and then done', async () => {
      const stream = freshStream();
      const [a, b] = [id(stream, 'a'), id(stream, 'b')];
      expect(await reserve(store, attempt(stream, a))).toEqual({ kind: 'new', planned: { id: a } });
      expect(await reserve(store, attempt(stream, b))).toEqual({ kind: 'retry', planned: { id: a } });
      const answer = { status: 201, answer: { id: a, version: 2 } };
      expect(await complete(store, { stream, meta: META, ...answer })).toEqual(answer);
      expect(await reserve(store, attempt(stream, b))).toEqual({ kind: 'done', ...answer });
    });

    it('is refused with another body, before and after its completion', async () => {
      const stream = freshStream();
      const reused = { code: 'idempotency-key-reused', status: 409 };
      await reserve(store, attempt(stream, id(stream, 'a')));
      await expect(reserve(store, attempt(stream, id(stream, 'a'), 'body 2'))).rejects.toMatchObject(reused);
      await once(store, attempt(stream, id(stream, 'a')), create);
      await expect(once(store, attempt(stream, id(stream, 'a'), 'body 2'), create)).rejects.toMatchObject(reused);
      expect(await store.readStream(stream)).toHaveLength(2);
    });

    it('is one key of one stream: others know nothing of it', async () => {
      const [one, two] = [freshStream(), freshStream()];
      await once(store, attempt(one, id(one, 'a')), create);
      expect(await reserve(store, attempt(two, id(two, 'a')))).toMatchObject({ kind: 'new' });
    });

    it('answers a second call with the first answer, and appends nothing', async () => {
      const stream = freshStream();
      const [a, b] = [id(stream, 'a'), id(stream, 'b')];
      const first = await once(store, attempt(stream, a), create);
      const second = await once(store, attempt(stream, b), () => Promise.reject(new Error('must not run')));
      expect(second).toEqual(first);
      expect(await made(a, b)).toEqual([a]);
    });

    it('keeps the first answer where two completed', async () => {
      const stream = freshStream();
      await reserve(store, attempt(stream, id(stream, 'a')));
      const answers = await Promise.all(
        [1, 2, 3].map((version) => complete(store, { stream, meta: META, status: 200, answer: { version } })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await reserve(store, attempt(stream, id(stream, 'a')))).toEqual({ kind: 'done', ...answers[0] });
    });

    it('gives one effect and one answer to first uses that race', async () => {
      for (let round = 0; round < 10; round += 1) {
        const stream = freshStream();
        const tries = ['a', 'b', 'c', 'd'].map((name) => id(stream, name));
        const answers = await Promise.all(tries.map((planned) => once(store, attempt(stream, planned), create)));
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
        expect(await made(...tries)).toEqual([(answers[0]!.answer as Planned).id]);
        expect(await store.readStream(stream)).toHaveLength(2);
      }
    });

    it('refuses all bodies but one of first uses that race', async () => {
      const stream = freshStream();
      const bodies = ['body 1', 'body 2', 'body 3'];
      const outcomes = await Promise.allSettled(
        bodies.map((body) => once(store, attempt(stream, id(stream, body), body), create)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await made(...bodies.map((body) => id(stream, body)))).toHaveLength(1);
    });
  });

  describe('a crash', () => {
    it('between reserving and acting is made good by a retry', async () => {
      const stream = freshStream();
      const [a, b] = [id(stream, 'a'), id(stream, 'b')];
      await reserve(store, attempt(stream, a));
      expect(await once(store, attempt(stream, b), create)).toMatchObject({ answer: { id: a } });
      expect(await made(a, b)).toEqual([a]);
    });

    it('between acting and completing is made good by a retry', async () => {
      const stream = freshStream();
      const [a, b] = [id(stream, 'a'), id(stream, 'b')];
      const crash = async (planned: Planned) => {
        await create(planned);
        throw new Error('killed');
      };
      await expect(once(store, attempt(stream, a), crash)).rejects.toThrow('killed');
      expect(await once(store, attempt(stream, b), create)).toMatchObject({ answer: { id: a } });
      expect(await made(a, b)).toEqual([a]);
      expect(await store.readStream(`report-${a}`)).toHaveLength(1);
    });

    it('after completing leaves the answer', async () => {
      const stream = freshStream();
      const first = await once(store, attempt(stream, id(stream, 'a')), create);
      expect(await once(store, attempt(stream, id(stream, 'b')), create)).toEqual(first);
    });
  });

  it('is not completed without having been reserved', async () => {
    const nothing = { stream: freshStream(), meta: META, status: 200, answer: {} };
    await expect(complete(store, nothing)).rejects.toThrow('without having been reserved');
  });
}
