import { describe, expect, it } from '@jest/globals';
import { aclsFor, principalsOf } from './index.ts';

const AGREEMENTS = '/registry/agreements';
const principals = principalsOf(['GB', 'AL']);

describe('who may do what', () => {
  it('on what the registry announces, as on the source', () => {
    const rights = aclsFor(AGREEMENTS, principals);
    const [log, words] = [rights.slice(0, rights.length / 2), rights.slice(rights.length / 2)];
    expect(words).toEqual(log.map((right) => ({ ...right, name: 'accord.registry.agreements.heartbeat' })));
  });

  it('nothing is announced of a member’s source', () => {
    expect(aclsFor('/members/GB', principals).map(({ name }) => name)).not.toContain('accord.members.GB.heartbeat');
  });
});
