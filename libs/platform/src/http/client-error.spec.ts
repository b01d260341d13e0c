import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerUnreadable } from './client-error.ts';

describe('a request that Node cannot read', () => {
  const server = createServer((_, response) => void response.write('begun')).on('clientError', answerUnreadable);
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => void server.close());

  const send = async (text: string): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(text);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  };

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', '400 invalid-request'],
    ['headers that are too large', `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, '431 too-large'],
  ])('gets a problem: %s', async (_, text, expected) => {
    const [head = '', body = ''] = (await send(text)).split('\r\n\r\n');
    expect(head).toContain('application/problem+json');
    expect(`${head.split(' ')[1]} ${(JSON.parse(body) as { code: string }).code}`).toBe(expected);
  });

  it('puts nothing into an answer that has begun', async () => {
    const chunked = 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(chunked);
    let answer = '';
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer.includes('begun')) socket.write('no chunk\r\n');
    }
    expect(answer.endsWith('begun\r\n')).toBe(true);
  });
});
