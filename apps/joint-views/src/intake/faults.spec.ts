import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newSigningKey, place, sign } from '#contracts';
import type { Message } from '#exchange';
import { amended, ended, released } from './testing/said.ts';
import { uuid } from './testing/source.ts';
import { closeWorlds, WITHHOLD_AFTER_MS, World } from './testing/world.ts';

const R = uuid('r');

describe('a source that something is wrong with', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
    await world.found('GB', 'AL', 'XK');
    await world.side.start();
  });
  afterEach(() => world.close());
  afterAll(closeWorlds);

  const gb = () => world.of('GB');
  /** What GB says, as somebody on the way to the log has changed it. */
  const tampered = async (messages: Message[], change: (messages: Message[]) => Message[]) => {
    await world.deliver('GB');
    await world.exchange.append('/members/GB', change(messages));
  };
  const status = async () => (await world.side.status.read(['/members/GB'])).sources[0]!;
  const quarantined = () => world.until(async () => (await status()).quarantined);
  const changedAt = (n: number, from: string, to: string) => (messages: Message[]) =>
    messages.map((message, i) => (i === n ? { ...message, value: message.value.replace(from, to) } : message));

  it.each<[string, string, (messages: Message[]) => Message[]]>([
    ['a changed byte of the ciphertext', 'wrong-previous', changedAt(0, '"data_base64":"', '"data_base64":"AAAA')],
    ['a changed attribute', 'wrong-previous', changedAt(0, '"AL,XK"', '"AL,MK"')],
    ['a changed byte that is no attribute any more', 'unreadable', changedAt(1, 'OFFICIAL', 'OFFICIAl')],
    ['a changed last event', 'wrong-signature', changedAt(1, '"AL,XK"', '"AL,MK"')],
    ['text that is no event', 'unreadable', (messages) => [{ key: R, value: '{}' }, ...messages]],
    ['an event dropped', 'wrong-previous', ([one, , ...rest]) => [one!, ...rest]],
  ])('%s quarantines it there, and it alone', async (what, reason, change) => {
    const first = gb().batch(released(R));
    await tampered(first, (messages) => messages);
    await world.settled('GB');
    const third = [...gb().batch(amended(R, { version: 2 }), amended(R, { version: 3 }))];
    const more = gb().batch(amended(R, { version: 4 }));
    if (what === 'an event dropped') {
      // Dropped and renumbered, as who hides it would have to.
      const forged = place(gb().text(amended(R, { version: 3 })), 2, '1'.repeat(64));
      await tampered([{ key: R, value: sign(forged.text, forged.hash, gb().key.privateJwk, gb().key.kid) }], (m) => m);
    } else await tampered([...third, ...more], change);
    await quarantined();
    expect(await status()).toMatchObject({ applied: 1, quarantine: { sequence: 2, reason } });
    await world.say('AL', released(uuid('al'), { entities: [] }));
    await world.settled('AL');
    expect(await world.rows('reports')).toHaveLength(2);
    expect(world.side.gate.withheldOriginators(world.now + WITHHOLD_AFTER_MS - 1)).toEqual([]);
    expect(world.side.gate.withheldOriginators(world.now + WITHHOLD_AFTER_MS)).toEqual(['GB']);
    await world.restart();
    expect((await status()).quarantined).toBe(true);
    expect(world.side.gate.withheldOriginators(world.now + WITHHOLD_AFTER_MS)).toEqual(['GB']);
  });

  it('signed with another key than the registered one', async () => {
    const forger = newSigningKey();
    const forged = place(gb().text(released(R)), 1, '0'.repeat(64));
    await world.deliver('GB');
    const value = sign(forged.text, forged.hash, forger.privateJwk, gb().key.kid);
    await world.exchange.append('/members/GB', [{ key: R, value }]);
    await quarantined();
    expect(await status()).toMatchObject({ applied: 0, quarantine: { sequence: 1, reason: 'wrong-signature' } });
  });

  it('speaking for another', async () => {
    const foreign = world.of('AL').batch(released(R));
    await world.exchange.append('/members/GB', foreign);
    await quarantined();
    expect(await status()).toMatchObject({ quarantine: { reason: 'wrong-source' } });
  });

  it('waits for a key that the registry has not told of, and is withheld while it does', async () => {
    const forged = place(gb().text(released(R)), 1, '0'.repeat(64));
    const value = sign(forged.text, forged.hash, newSigningKey().privateJwk, 'unknown');
    await world.exchange.append('/members/GB', [{ key: R, value }]);
    await world.until(async () => world.side.states.get('/members/GB').holeSince !== null);
    expect(await status()).toMatchObject({ applied: 0, quarantined: false });
    expect(world.side.gate.withheldOriginators(world.now + WITHHOLD_AFTER_MS)).toEqual(['GB']);
  });

  it('with other bytes at a sequence that was applied', async () => {
    await world.say('GB', released(R));
    await world.settled('GB');
    const forged = place(gb().text(released(R, { title: 'Another' })), 1, '0'.repeat(64));
    await world.exchange.append('/members/GB', [{ key: R, value: forged.text }]);
    await quarantined();
    expect(await status()).toMatchObject({ applied: 1, quarantine: { sequence: 2, reason: 'other-bytes' } });
  });

  it('does not apply what nobody has signed', async () => {
    const [one, two] = gb().batch(released(R), amended(R, { version: 2 }));
    await world.deliver('GB');
    await world.exchange.append('/members/GB', [one!]);
    await world.say('AL', released(uuid('al'), { entities: [] }));
    await world.settled('AL');
    expect(await world.applied('/members/GB')).toBe(0);
    await world.restart();
    await world.exchange.append('/members/GB', [two!]);
    await world.settled('GB');
    expect(await world.rows('reports', `originator = 'GB'`)).toMatchObject([{ version: 2 }]);
  });

  describe('resumed by the operator', () => {
    const resume = async (sequence: number, hash: string) => {
      const { resume: go } = await import('./resume.ts');
      const { copy, states, intake } = world.side;
      await go(
        { copy, states, intake, exchange: world.exchange, clock: { now: () => world.now } },
        '/members/GB',
        sequence,
        hash,
      );
    };

    it('passes over what it names, withholds its record, and goes on', async () => {
      await tampered(gb().batch(released(R)), (messages) => messages);
      const lost = gb().batch(ended(R, 'recalled'));
      const { hash } = gb();
      await tampered(lost, changedAt(0, '"time":"2026', '"time":"2027'));
      await quarantined();
      const other = uuid('other');
      await tampered(gb().batch(released(other)), (messages) => messages);
      await expect(resume(0, hash)).rejects.toMatchObject({ code: 'resume.invalid' });
      await resume(2, hash);
      await world.settled('GB');
      expect(await status()).toMatchObject({ quarantined: false, gaps: [] });
      expect(await world.rows('records', `record = '${R}'`)).toMatchObject([{ withheld: true, state: 0 }]);
      expect(await world.rows('records', `record = '${other}'`)).toMatchObject([{ withheld: false }]);
      expect(await world.rows('poison')).toMatchObject([{ sequence: 2, record: R, reason: 'skipped' }]);
      await world.restart();
      await world.say('GB', amended(other, { version: 2 }));
      await world.settled('GB');
      const tables = await world.side.replay();
      expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
      await expect(resume(9, hash)).rejects.toMatchObject({ code: 'source.not-quarantined' });
    });

    it('withholds all that it can not exclude from what it never saw, until it is told anew', async () => {
      const other = uuid('other');
      await tampered(gb().batch(released(R), released(other)), (messages) => messages);
      gb().batch(ended(R, 'recalled'));
      const { hash } = gb();
      await tampered(gb().batch(released(uuid('later'))), (messages) => messages);
      await world.until(async () => (await status()).gaps.length > 0);
      await resume(3, hash);
      await world.settled('GB');
      const withheld = async () =>
        (await world.rows<{ record: string }>('reports', 'withheld')).map(({ record }) => record).sort();
      expect(await withheld()).toEqual([R, other].sort());
      await world.say('GB', amended(other, { version: 2 }));
      await world.settled('GB');
      expect(await withheld()).toEqual([R]);
      const tables = await world.side.replay();
      expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
    });

    it('withholds no more than it passes over where all of it is there', async () => {
      const other = uuid('other');
      await tampered(gb().batch(released(R), released(other)), (messages) => messages);
      const lost = gb().batch(amended(R, { version: 2 }));
      await tampered(lost, (messages) =>
        messages.map(({ key, value }) => ({ key, value: value.replace(/"signature":"..../, '"signature":"AAAA') })),
      );
      await quarantined();
      await resume(3, gb().hash);
      expect(await world.rows('reports', 'withheld')).toMatchObject([{ record: R }]);
    });

    it('passes over what can not even be read', async () => {
      await tampered(gb().batch(released(R)), (messages) => messages);
      const lost = gb().batch(amended(R, { version: 2 }));
      const { hash } = gb();
      await tampered(lost, changedAt(0, 'OFFICIAL', 'OFFICIAl'));
      await tampered(gb().batch(amended(R, { version: 3 })), (messages) => messages);
      await quarantined();
      await resume(2, hash);
      await world.restart();
      await world.settled('GB');
      expect(await world.rows('records')).toMatchObject([{ withheld: true, version: 3 }]);
      const tables = await world.side.replay();
      expect(tables.filter(({ before, after }) => before !== after)).toEqual([]);
    });

    it('tries again where nothing is passed over', async () => {
      await world.say('GB', released(R));
      await world.settled('GB');
      const forged = place(gb().text(released(R)), 1, '0'.repeat(64));
      await world.exchange.append('/members/GB', [{ key: R, value: forged.text }]);
      await quarantined();
      await resume(1, gb().hash);
      await quarantined();
    });
  });
});
