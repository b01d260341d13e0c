import { describe, expect, it } from '@jest/globals';
import { linesOf, textOf } from './lines.ts';

const read = async (...chunks: (string | number[])[]): Promise<(string | undefined)[]> => {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  }
  const lines: (string | undefined)[] = [];
  for await (const line of linesOf(stream())) lines.push(textOf(line));
  return lines;
};

describe('lines of a file', () => {
  it('end at a newline alone, wherever the chunks are cut', async () => {
    expect(await read('a\nb', 'c\n\nd')).toEqual(['a', 'bc', '', 'd']);
    expect(await read('a\r\nb\n')).toEqual(['a\r', 'b']);
    expect(await read()).toEqual([]);
  });

  it('keep a separator of U+2028 in a text, and a letter that lies across two chunks', async () => {
    expect(await read('{"a":"x\u2028y"}\n', [0xc3], [0xab, 0x0a])).toEqual(['{"a":"x\u2028y"}', 'ë']);
  });

  it('have no text where they are no UTF-8', async () => {
    expect(await read([0x44, 0x75, 0xeb, 0x0a, 0x61])).toEqual([undefined, 'a']);
  });
});
