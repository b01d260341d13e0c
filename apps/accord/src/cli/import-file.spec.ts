import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatNamed } from '../formats/index.ts';
import { importFile } from './import-file.ts';

describe('an import of a table', () => {
  const directory = mkdtempSync(join(tmpdir(), 'accord-import-'));
  const taken: string[] = [];
  let node: Server;

  beforeAll(async () => {
    node = createServer((request, response) => {
      let body = '';
      request.on('data', (bytes: Buffer) => (body += bytes.toString()));
      request.on('end', () => {
        const lines = body.split('\n').filter((line) => line !== '');
        taken.push(...lines.map((line) => (JSON.parse(line) as { date: string }).date));
        const answers = lines.map((_, n) => `${JSON.stringify({ line: n + 1, status: 'accepted' })}\n`);
        // A batch is answered line by line; the look at what weeks are there, by an empty page.
        const isBatch = request.url!.endsWith(':batch');
        response.writeHead(isBatch ? 200 : 201).end(isBatch ? answers.join('') : '{ "items": [], "next": null }');
      });
    });
    await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    node.close();
    rmSync(directory, { recursive: true });
  });

  const imported = async (text: string) => {
    taken.length = 0;
    const file = join(directory, 'days.csv');
    writeFileSync(file, text);
    const url = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
    const job = { file, node: url, token: 't', format: formatNamed('uk-small-boats'), release: undefined, asked: {} };
    const { accepted, rejected } = await importFile(job);
    return [accepted, taken.sort(), rejected.map(({ line, errors }) => [line, ...errors.map(({ path }) => path)])];
  };

  it('goes on after a line that cannot be taken apart', async () => {
    expect(await imported('date,migrants,boats\n2025-01-01,"1,305\n2025-01-02,3,1\n')).toEqual([
      1,
      ['2025-01-02'],
      [[2, '']],
    ]);
  });

  it('takes what an editor makes of it: a byte order mark, other line ends, quotes, lines without anything', async () => {
    expect(
      await imported('\uFEFF"date","migrants","boats"\r\n"01/02/2025","3","1"\r\n\r\n2025-01-02, 4 ,1,,\r\n'),
    ).toEqual([2, ['2025-01-02', '2025-02-01'], []]);
  });

  it('says that its first line names no columns, also where no other line follows', async () => {
    expect(await imported('date,migrants,boats\r2025-01-01,3,1\r')).toEqual([0, [], [[1, '/boats']]]);
  });
});
