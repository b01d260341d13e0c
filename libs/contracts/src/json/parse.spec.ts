import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidRequest } from '../problems/problem.ts';
import { canonicalJson, parseStrictJson } from './index.ts';

function refused(input: string | Uint8Array): string {
  try {
    parseStrictJson(input);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequest);
    const { path, rule, message } = (error as InvalidRequest).errors[0]!;
    expect(message).not.toContain('Arben');
    return `${path} ${rule} ${/line \d+, column \d+/.exec(message)?.[0] ?? ''}`.trimEnd();
  }
  return 'accepted';
}
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('parseStrictJson', () => {
  it.each([
    ['{"not json', ' json line 1, column 2'],
    ['{"name": "Arben",\n "x": oops}', ' json line 2, column 7'],
    ['{"a":1,}', ' json line 1, column 8'],
    ['[1,]', ' json line 1, column 4'],
    ['{"a":1} x', ' json line 1, column 9'],
    ['{a:1}', ' json line 1, column 2'],
    ["{'a':1}", ' json line 1, column 2'],
    ['[01]', ' json line 1, column 3'],
    ['[NaN]', ' json line 1, column 2'],
    ['"\t"', ' json line 1, column 1'],
    ['"\\x41"', ' json line 1, column 1'],
    ['{"a" 1}', ' json line 1, column 6'],
    ['[1', ' json line 1, column 3'],
    ['{"a":[1}', ' json line 1, column 8'],
    ['', ' json'],
    ['  \r\n', ' json'],
    ['\ufeff{}', ' no-bom'],
    ['{"a":1,"a":2}', '/a duplicate-key'],
    ['{"x":[{},{"b/c":{"d":1,"e":":","d" : 2}}]}', '/x/1/b~1c/d duplicate-key'],
    ['{"a":1,"\\u0061":1}', '/a duplicate-key'],
    ['{"a" :1,"a":2,"x":":"}', '/a duplicate-key'],
    ['{"a"\n:1,"b":"\\":","a"\t:[]}', '/a duplicate-key'],
    ['{"a":{"__proto__":{"admin":true}}}', '/a/__proto__ forbidden-key'],
    ['{"\\u005f_proto__":1}', '/__proto__ forbidden-key'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__ forbidden-key'],
    ['{"constructor":{"prototype":{}}}', '/constructor forbidden-key'],
    ['[{"prototype":1}]', '/0/prototype forbidden-key'],
    ['{"a":["\\ud800"]}', '/a/0 well-formed'],
    ['{"a":"\\udc00\\ud800"}', '/a well-formed'],
    ['{"a":"\ud800"}', '/a well-formed'],
    ['{"\\ud800":1}', '/\ufffd well-formed'],
    ['{"a":"x\\u0000y"}', '/a no-nul'],
    ['{"a":{"x\\u0000":1}}', '/a/x\0 no-nul'],
    ['{"a":[1e999]}', '/a/0 number'],
    ['-1e999', ' number'],
    [nested(33), `${'/0'.repeat(32)} depth`],
  ])('refuses %j: %s', (text, expected) => {
    expect(refused(text)).toBe(expected);
  });

  it('stands a nesting that would break a recursion', () => {
    expect(refused(nested(200_000))).toContain('depth');
    expect(refused('['.repeat(200_000))).toContain('json');
    expect(refused('{"a":'.repeat(200_000))).toContain('json');
  });

  it('refuses bytes that are not UTF-8, and the mark in bytes', () => {
    expect(refused(Uint8Array.from([0x22, 0xff, 0x22]))).toBe(' utf-8');
    expect(refused(Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toBe(' utf-8');
    expect(refused(Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe(' no-bom');
  });

  it.each([
    '{"a":"b:c","d:e":{"\\"f\\":":"\\\\"}}',
    nested(32),
    '"\\ud83d\\ude00 😀"',
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    ' null ',
    '"\\\\u0000"',
    '{"":1}',
    '{"a":":","b":["c",":d"],"e" : "\\":"}',
    '{"title":"a prototype, for the constructor"}',
    '-0.5e-3',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    expect(parseStrictJson(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it('reads any JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 2), (text, spaces) => {
        const spaced = JSON.stringify(JSON.parse(text), null, spaces);
        fc.pre(!/__proto__|constructor|prototype|\\u0000/.test(spaced));
        expect(parseStrictJson(spaced)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds any name that is given twice, wherever colons and quotation marks hide', () => {
    const tricky = fc.string({ unit: fc.constantFrom(':', '"', '\\', ' ', 'a', '\n', '{', '}') });
    fc.assert(
      fc.property(
        fc.dictionary(tricky, tricky, { minKeys: 1, maxKeys: 5 }),
        fc.constantFrom('', ' ', '\n'),
        (object, space) => {
          const members = Object.entries(object).map(
            ([key, value]) => JSON.stringify(key) + space + ':' + JSON.stringify(value),
          );
          expect(refused(`{${members.join(',')}}`)).toBe('accepted');
          expect(refused(`{${[...members, members[0]].join(',')}}`)).toContain('duplicate-key');
        },
      ),
    );
  });

  it('refuses any damaged JSON that JSON.parse refuses, and tells a place', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', 'x', ':', '\\'), (text, at, put) => {
        const damaged = text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1);
        let valid = true;
        try {
          JSON.parse(damaged);
        } catch {
          valid = false;
        }
        fc.pre(!valid && damaged.trim() !== '' && !damaged.startsWith('\ufeff'));
        expect(refused(damaged)).toMatch(/^ json line 1, column \d+$/);
      }),
    );
  });
});

describe('canonicalJson', () => {
  it('is one text for one value', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true })).toBe('{"a":true,"b":[1,{"c":"é","d":null}]}');
    expect(canonicalJson({ a: undefined, b: -0, c: [], d: {}, e: [undefined, ''] })).toBe(
      '{"b":0,"c":[],"d":{},"e":[null,""]}',
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
