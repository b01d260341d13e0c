import { describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { InvalidRequest } from '../problems/problem.ts';
import { Catalogue, defineEvent, EVENTS, jsonSchemas, readEvent, schemaUri } from './index.ts';

const rulesOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as InvalidRequest).errors.map((e) => `${e.path} ${e.rule}`);
  }
  return [];
};

describe('the catalogue', () => {
  it.each(EVENTS.map((event) => [event.type, event] as const))('%s has an example that it accepts', (type, event) => {
    expect(type).toMatch(/^accord\.[a-z]+\.[a-z]+(-[a-z]+)+\.v[1-9]\d*$/);
    expect(event.example).toBeDefined();
    const payload = event.carries === 'sealed' ? { shield: ['al'], content: event.example } : event.example;
    const read = readEvent(type, JSON.parse(JSON.stringify(payload)));
    expect(read).toEqual({ type, shield: event.carries === 'sealed' ? ['al'] : [], content: event.example });
    expect(rulesOf(() => readEvent(type, { ...payload, surprise: 1 }))).toEqual(['/surprise unknown-field']);
  });

  it('publishes a JSON Schema for each, with its example', () => {
    const schemas = jsonSchemas();
    expect(Object.keys(schemas).sort()).toEqual(EVENTS.map((event) => schemaUri(event.type)).sort());
    const report = JSON.parse(JSON.stringify(schemas['urn:accord:schema:accord.intelligence.report-released.v1']));
    expect(report).toMatchObject({ $id: 'urn:accord:schema:accord.intelligence.report-released.v1', type: 'object' });
    expect(report.examples[0].content.title).toBe('Boats bought for the Channel route');
  });

  it('refuses a type that it does not know', () => {
    expect(rulesOf(() => readEvent('accord.intelligence.report-whispered.v1', {}))).toEqual(['/type unknown-type']);
  });

  it('names what is wrong in sealed content', () => {
    const example = EVENTS[0].example;
    const broken = {
      shield: ['AL'],
      content: { ...example, title: '', entities: [{ ...example.entities[0], protectionClaim: true }] },
    };
    expect(rulesOf(() => readEvent(EVENTS[0].type, broken))).toEqual([
      '/shield/0 pattern',
      '/content/title minLength',
      '/content/title pattern',
      '/content/entities/0/protectionClaim unknown-field',
    ]);
    expect(rulesOf(() => readEvent(EVENTS[0].type, { content: example }))).toEqual(['/shield required']);
    expect(rulesOf(() => readEvent(EVENTS[0].type, { shield: [] }))).toEqual(['/content required']);
  });

  it('lets an event carry nothing, and a new shield come alone', () => {
    expect(readEvent('accord.records.record-recalled.v1', undefined)).toEqual({
      type: 'accord.records.record-recalled.v1',
      shield: [],
      content: {},
    });
    expect(readEvent('accord.records.record-reshielded.v1', { shield: 'ALL' })).toMatchObject({
      shield: 'ALL',
      content: {},
    });
  });

  it('never publishes a private key', () => {
    const { example, type } = EVENTS.find((event) => event.type === 'accord.registry.member-founded.v1')!;
    const [key] = (example as { signingKeys: { jwk: object }[] }).signingKeys;
    expect(
      rulesOf(() => readEvent(type, { ...example, signingKeys: [{ ...key, jwk: { ...key!.jwk, d: 'secret' } }] })),
    ).toContain('/signingKeys/0/jwk propertyNames');
  });
});

describe('a catalogue that grows', () => {
  const schema = (field: string) => Type.Object({ [field]: Type.String() }, { additionalProperties: false });
  const v1 = defineEvent({
    type: 'accord.intelligence.rumour-heard.v1',
    carries: 'sealed',
    schema: schema('said'),
    example: { said: 'x' },
    upcast: { to: 'accord.intelligence.rumour-heard.v2', content: ({ said }: { said: string }) => ({ words: said }) },
  });
  const v2 = defineEvent({
    type: 'accord.intelligence.rumour-heard.v2',
    carries: 'sealed',
    schema: schema('words'),
    example: { words: 'x' },
    upcast: { to: 'accord.intelligence.rumour-heard.v3', content: ({ words }: { words: string }) => ({ text: words }) },
  });
  const v3 = defineEvent({
    type: 'accord.intelligence.rumour-heard.v3',
    carries: 'sealed',
    schema: schema('text'),
    example: { text: 'x' },
  });
  const grown = new Catalogue([v1, v2, v3]);

  it('reads each version as the newest', () => {
    const newest = { type: v3.type, shield: [], content: { text: 'hello' } };
    expect(grown.read(v1.type, { shield: [], content: { said: 'hello' } })).toEqual(newest);
    expect(grown.read(v2.type, { shield: [], content: { words: 'hello' } })).toEqual(newest);
    expect(grown.read(v3.type, { shield: [], content: { text: 'hello' } })).toEqual(newest);
  });

  it('checks an old version against its own schema', () => {
    expect(rulesOf(() => grown.read(v1.type, { shield: [], content: { text: 'hello' } }))).toEqual([
      '/content/said required',
      '/content/text unknown-field',
    ]);
  });

  it('holds a type once', () => {
    expect(() => new Catalogue([v1, v1])).toThrow('twice');
  });
});
