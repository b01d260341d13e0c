import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@eventstore/db-client';
import { isOwn, toEventData, toStoredEvent } from './mapping.ts';

const META = { actor: 'besnik', at: '2025-05-15T10:00:00Z', command: 'c' };
const NOTED = { id: '0190a5e4-0000-7000-8000-000000000001', type: 'noted.v1', data: { text: 'Хоџа' }, meta: META };

const recorded = (more: object = {}) =>
  ({
    id: '9b2f2c57-93a3-4b50-a1f1-09d8f2f1d1a0',
    streamId: 'gb-report-1',
    revision: 2n,
    type: 'noted.v1',
    isJson: true,
    created: new Date(0),
    data: { text: 'Хоџа' },
    metadata: { id: NOTED.id, meta: META },
    position: { commit: 1792n, prepare: 1600n },
    ...more,
  }) as unknown as RecordedEvent;

describe('an event', () => {
  it('is stored under an id of the call, with its own in its metadata', () => {
    const data = toEventData(NOTED);
    expect(data).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      contentType: 'application/json',
      type: 'noted.v1',
      data: { text: 'Хоџа' },
      metadata: { id: NOTED.id, meta: META },
    });
    expect(data.id).not.toBe(NOTED.id);
    expect(toEventData(NOTED).id).not.toBe(data.id);
  });

  it('carries what it releases in its metadata, byte by byte', () => {
    const publish = '{ "b":1,\t"a":"\\u0000 Џ" }';
    const data = toEventData({ ...NOTED, publish });
    expect(data.metadata).toEqual({ id: NOTED.id, meta: META, publish });
    const back = JSON.parse(JSON.stringify(data.metadata)) as object;
    expect(toStoredEvent('gb-', recorded({ metadata: back })).publish).toBe(publish);
  });

  it('is read as it was given, with its place', () => {
    expect(toStoredEvent('gb-', recorded())).toEqual({
      ...NOTED,
      stream: 'report-1',
      version: 3,
      position: '1792/1600',
    });
  });

  it.each([
    ['without metadata', { metadata: undefined }],
    ['with other metadata', { metadata: { $causedBy: 'x' } }],
    ['that is no JSON', { isJson: false, data: new Uint8Array(1) }],
  ])('%s was written by something else, which is not passed over', (_, more) => {
    expect(() => toStoredEvent('gb-', recorded(more))).toThrow('was not written by this event store');
  });

  it.each([
    ['its own', {}, true],
    ["another member's", { streamId: 'al-report-1' }, false],
    ["a stream's metadata", { streamId: '$$gb-report-1', type: '$metadata' }, false],
    ['the end of a deleted stream', { type: '$streamDeleted' }, false],
    ["a projection's link", { streamId: '$ce-gb', type: '$>' }, false],
  ])('of a store is %s: %p', (_, more, expected) => {
    expect(isOwn('gb-', recorded(more))).toBe(expected);
  });
});
