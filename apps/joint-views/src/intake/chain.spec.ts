import { describe, expect, it } from '@jest/globals';
import type { PlacedEnvelope } from '#contracts';
import { Chain, START, type Held, type SignatureCheck } from './chain.ts';

const valid = (): SignatureCheck => 'valid';
/** An event whose hash names it; signed where it ends in `!`. */
const held = (text: string, offset = 0): Held => {
  const [sequence, previous, hash] = text.replace('!', '').split(' ');
  const signature = text.endsWith('!') ? { signature: 's', keyid: 'k' } : {};
  const place = { sequence: Number(sequence), previous: previous === '0' ? START.hash : previous, hash };
  return { envelope: { ...place, ...signature } as PlacedEnvelope, offset };
};
const chainOf = (...texts: string[]) => {
  const chain = new Chain(START);
  for (const [n, text] of texts.entries()) chain.hold(held(text, n));
  return chain;
};
const verified = (chain: Chain) => {
  chain.walk(valid);
  return chain.verified(100).map(({ envelope }) => envelope.sequence);
};

describe('the chain of a source', () => {
  it('is verified up to its last signature', () => {
    expect(verified(chainOf('1 0 a', '2 a b!', '3 b c'))).toEqual([1, 2]);
    expect(verified(chainOf('1 0 a', '2 a b'))).toEqual([]);
  });

  it('knows the ends of what was signed together, the first that came', () => {
    const chain = new Chain(START);
    for (const [n, text] of ['1 0 a', '3 b c!', '2 a b', '2 a b!', '4 c d!'].entries()) {
      chain.hold(held(text, n));
      chain.walk(valid);
    }
    expect(chain.signaturesOf(chain.verified(2)).map(({ sequence }) => sequence)).toEqual([3]);
    expect(chain.signaturesOf(chain.verified(9)).map(({ sequence }) => sequence)).toEqual([3, 4]);
    chain.applied(chain.verified(3));
    expect(chain.signaturesOf(chain.verified(9)).map(({ sequence }) => sequence)).toEqual([4]);
  });

  it('keeps an end whose key is still to come, before another that comes later', () => {
    const chain = new Chain(START);
    for (const [n, text] of ['1 0 a', '2 a b!', '3 b c', '4 c d!', '1 0 a!', '3 b c!'].entries()) {
      chain.hold(held(text, n));
      chain.walk(() => 'unknown');
    }
    chain.walk(valid);
    expect(chain.signaturesOf(chain.verified(9)).map(({ sequence }) => sequence)).toEqual([2, 4]);
  });

  it('ends where it ended before, where it begins again in the middle', () => {
    const told = ['2 a b', '3 b c!', '2 a b!', '1 0 a', '4 c d!'];
    const atOnce = chainOf(...told);
    atOnce.walk(valid);
    expect(atOnce.signaturesOf(atOnce.verified(9)).map(({ sequence }) => sequence)).toEqual([3, 4]);
    const again = new Chain({ sequence: 1, hash: held('1 0 a', 0).envelope.hash });
    for (const [n, text] of told.filter((text) => text !== '1 0 a').entries()) again.hold(held(text, n));
    again.walk(valid);
    expect(again.signaturesOf(again.verified(9)).map(({ sequence }) => sequence)).toEqual([3, 4]);
  });

  it('may come in any order', () => {
    const chain = chainOf('3 b c!', '1 0 a', '5 d e!');
    expect([verified(chain), chain.gaps()]).toEqual([
      [],
      [
        { from: 2, to: 2 },
        { from: 4, to: 4 },
      ],
    ]);
    chain.hold(held('2 a b'));
    expect(verified(chain)).toEqual([1, 2, 3]);
  });

  it('takes a later signature of what came unsigned before', () => {
    const chain = chainOf('1 0 a', '2 a b');
    expect(verified(chain)).toEqual([]);
    chain.hold(held('1 0 a!'));
    expect(verified(chain)).toEqual([1]);
  });

  it('tells what is wrong', () => {
    const wrong = (chain: Chain, check = valid) => {
      chain.walk(check);
      return chain.fault;
    };
    expect(wrong(chainOf('1 0 a!', '2 x b!'))).toBe('wrong-previous');
    expect(wrong(chainOf('1 0 a!', '1 0 b!'))).toBe('other-bytes');
    expect(wrong(chainOf('1 0 a!'), () => 'wrong')).toBe('wrong-signature');
    expect(wrong(chainOf('1 0 a!', '1 0 a!'))).toBeNull();
  });

  it('still gives what was verified before the fault', () => {
    expect(verified(chainOf('1 0 a!', '2 x b!'))).toEqual([1]);
  });

  it('waits for a key', () => {
    const chain = chainOf('1 0 a!');
    chain.walk(() => 'unknown');
    expect([chain.keyMissing, chain.fault, chain.verified(100)]).toEqual([true, null, []]);
    expect(verified(chain)).toEqual([1]);
  });

  it('reads on after a restart from the first that waits', () => {
    const chain = chainOf('1 0 a!', '3 b c');
    chain.walk(valid);
    chain.applied(chain.verified(100));
    expect(chain.place).toEqual({ sequence: 1, hash: 'a' });
    expect(chain.resumeAt(9, 1)).toBe(1);
  });

  it('is applied in stretches', () => {
    const chain = chainOf('1 0 a', '2 a b', '3 b c!');
    chain.walk(valid);
    expect(chain.verified(2)).toHaveLength(2);
    expect(chain.verified(100, 1)).toHaveLength(1);
  });

  it('goes on from where it is told to', () => {
    const chain = chainOf('1 0 a!', '2 x b!', '3 z c!');
    expect(verified(chain)).toEqual([1]);
    chain.applied(chain.verified(100));
    chain.skipTo({ sequence: 2, hash: 'z' });
    expect([verified(chain), chain.fault]).toEqual([[3], null]);
  });
});
