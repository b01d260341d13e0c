import { describe, expect, it } from '@jest/globals';
import { linesOf } from './line-queue.ts';
import { LineSplitter, type Line } from './lines.ts';

const texts = (lines: readonly Line[]) => lines.map(({ line, bytes }) => [line, bytes?.toString('utf8') ?? null]);

describe('cutting bytes into lines', () => {
  it('is the same wherever the chunks end', () => {
    const bytes = Buffer.from('één\r\n\ntwee\nxxxxxxxxxxxx\r\nvier');
    const expected = [
      [1, 'één'],
      [2, ''],
      [3, 'twee'],
      [4, null],
      [5, 'vier'],
    ];
    for (let size = 1; size <= bytes.length; size++) {
      const splitter = new LineSplitter(10);
      const lines: Line[] = [];
      for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.push(bytes.subarray(at, at + size)));
      expect(texts([...lines, ...splitter.end()])).toEqual(expected);
    }
  });

  it('ends with the last line end', () => {
    const splitter = new LineSplitter(10);
    expect(texts(splitter.push(Buffer.from('a\n')))).toEqual([[1, 'a']]);
    expect(splitter.end()).toEqual([]);
  });
});

describe('reading lines ahead', () => {
  const limits = { maxLineBytes: 100, maxLines: 50, chunk: 4, held: 40 };
  async function* source(count: number): AsyncGenerator<Buffer> {
    for (let n = 1; n <= count; n++) yield Buffer.from(`line ${n}\n`);
  }
  const read = async (count: number): Promise<Line[][]> => {
    const chunks: Line[][] = [];
    for await (const lines of linesOf(source(count), limits)) chunks.push(lines);
    return chunks;
  };

  it('hands out every line once and in order, never too many together', async () => {
    const chunks = await read(40);
    expect(chunks.flat().map(({ line }) => line)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThanOrEqual(4);
  });

  it('hands out the first line that is one too many, and none after', async () => {
    const lines = (await read(60)).flat();
    expect(lines.at(-1)!.line).toBe(51);
  });

  it('ends where there is nothing', async () => {
    expect(await read(0)).toEqual([]);
  });

  it('gives what came whole before the source broke', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('one\ntwo\nhal');
      throw new Error('gone');
    }
    const chunks: Line[] = [];
    for await (const lines of linesOf(broken(), limits)) chunks.push(...lines);
    expect(texts(chunks)).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
  });
});
