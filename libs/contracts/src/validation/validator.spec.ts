import { describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { InvalidRequest, type FieldError } from '../problems/problem.ts';
import { isDate, isInstant } from './formats.ts';
import { validator } from './validator.ts';

const strict = { additionalProperties: false };
const Item = Type.Object({ name: Type.String({ minLength: 1, maxLength: 5 }) }, strict);
const Body = Type.Object(
  {
    title: Type.String(),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    day: Type.Optional(Type.String({ format: 'date' })),
    kind: Type.Optional(Type.Unsafe<'a' | 'b'>({ type: 'string', enum: ['a', 'b'] })),
    audience: Type.Optional(
      Type.Union([Type.Literal('ALL'), Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { minItems: 1 })], {
        description: '"ALL" or a list',
      }),
    ),
    items: Type.Optional(Type.Array(Item, { maxItems: 50, uniqueItems: true })),
  },
  strict,
);
const check = validator(Body);

function errorsOf(value: unknown): FieldError[] {
  try {
    check(value);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    return (error as InvalidRequest).errors;
  }
  return [];
}
const rules = (value: unknown) => errorsOf(value).map((e) => `${e.path} ${e.rule}`);

describe('validator', () => {
  it('answers the value itself', () => {
    const body = { title: 'T', audience: ['AL'], items: [{ name: 'a' }] };
    expect(check(body)).toBe(body);
  });

  it.each([
    [{}, ['/title required']],
    [{ title: 'T', foo: 1 }, ['/foo unknown-field']],
    [{ title: 'T', 'a/b~c': 1 }, ['/a~1b~0c unknown-field']],
    [{ title: 1 }, ['/title type']],
    [{ title: 'T', count: '1' }, ['/count type']],
    [{ title: 'T', count: 0 }, ['/count minimum']],
    [{ title: 'T', count: 1.5 }, ['/count type']],
    [{ title: 'T', day: '2025-02-29' }, ['/day format']],
    [{ title: 'T', kind: 'c' }, ['/kind enum']],
    [{ title: 'T', items: [{ name: 'a' }, { name: '' }, {}] }, ['/items/1/name minLength', '/items/2/name required']],
    [{ title: 'T', items: [{ name: 'a' }, { name: 'a' }] }, ['/items uniqueItems']],
    [{ title: 'T', audience: 'NONE' }, ['/audience anyOf']],
    [{ title: 'T', audience: [] }, ['/audience anyOf']],
    [{ title: 'T', audience: ['AL', 'x'] }, ['/audience/1 pattern']],
    [null, [' type']],
    [[], [' type']],
    ['text', [' type']],
  ])('%j breaks %j', (value, expected) => {
    expect(rules(value)).toEqual(expected);
  });

  it('stops at 20 errors', () => {
    expect(
      errorsOf({ title: 'T', items: Array.from({ length: 40 }, (_, i) => ({ name: 'too long ' + i })) }),
    ).toHaveLength(20);
  });

  it('tells a huge body its first error alone, in good time', () => {
    const items = Array.from({ length: 400 }, () => ({ audience: Array.from({ length: 500 }, () => 'x'), name: 1 }));
    expect(rules({ title: 'T', items })).toEqual(['/items maxItems']);
  });

  it('never echoes a value', () => {
    const secret = 'Arben Shembulli';
    const errors = errorsOf({
      title: 7,
      count: secret,
      day: secret,
      kind: secret,
      audience: [secret],
      items: [{ name: secret }],
    });
    expect(errors.length).toBeGreaterThan(5);
    expect(JSON.stringify(errors)).not.toContain('Arben');
  });

  it('cuts an unknown field name short', () => {
    expect(errorsOf({ title: 'T', ['x'.repeat(10_000)]: 1 })[0]!.path.length).toBeLessThan(110);
  });
});

describe('formats', () => {
  it.each(['2025-05-15', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a date', (text) =>
    expect(isDate(text)).toBe(true),
  );
  it.each([
    '2025-2-1',
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-01-00',
    '0000-01-01',
    '2025-05-15 ',
    '٢٠٢٥-٠٥-١٥',
  ])('%s is none', (text) => expect(isDate(text)).toBe(false));
  it.each(['2025-05-15T12:00:00Z', '2025-05-15T23:59:59.123456789Z'])('%s is a time', (text) =>
    expect(isInstant(text)).toBe(true),
  );
  it.each([
    '2025-05-15T12:00:00',
    '2025-05-15T12:00:00+02:00',
    '2025-05-15t12:00:00z',
    '2025-05-15T24:00:00Z',
    '2025-05-15T23:59:60Z',
    '2025-02-30T12:00:00Z',
    '2025-05-15',
  ])('%s is none', (text) => expect(isInstant(text)).toBe(false));
});
