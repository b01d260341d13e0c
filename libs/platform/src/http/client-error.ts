import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '#contracts';
import { problemBody } from './problem.filter.ts';

const PROBLEMS: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: new Problem('too-large', 431, 'The address and headers are too large'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem('invalid-request', 408, 'The request did not end in time'),
};
const NO_HTTP = new Problem('invalid-request', 400, 'The request is not valid HTTP');

/** What Node can't read as a request gets a problem, too; where an answer has begun, the connection is cut instead. */
export const answerUnreadable = (error: Error & { code?: string }, socket: Socket): void => {
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: ServerResponse | null };
  if (error.code === 'ECONNRESET' || !socket.writable || answer?.headersSent) {
    socket.destroy();
    return;
  }
  const problem = PROBLEMS[error.code ?? ''] ?? NO_HTTP;
  const body = JSON.stringify(problemBody(problem, randomUUID()));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
