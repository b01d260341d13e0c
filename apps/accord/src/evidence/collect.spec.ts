import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collect } from './collect.ts';

const day = (hour: string) => `2025-05-15T${hour}:00.000Z`;
const line = (number: number, hour: string) => JSON.stringify(['GB', number, 'id', day(hour)]);
const event = (n: number, hour: string, signed = false) => {
  const said = { time: day(hour), sequence: String(n).padStart(16, '0') };
  return JSON.stringify({ ...said, ...(signed && { keyid: 'k', signature: 's' }) });
};
const LINES = [
  line(4, '10:00'),
  line(5, '09:59'),
  line(6, '11:59'),
  line(7, '12:00'),
  line(8, '11:59'),
  line(9, '12:30'),
];
const EVENTS = [
  ...[
    event(1, '09:00', true),
    event(2, '10:00'),
    event(3, '09:59'),
    '{ no event',
    '7',
    event(3, '09:59'),
    event(4, '13:00', true),
  ],
  ...[event(5, '11:00'), event(6, '12:00'), event(7, '12:01', true), event(8, '12:02', true)],
];
const consulted = (number: number, hour: string) => {
  const line = { number, id: `id-${number}`, at: day(hour), by: 'officer-1', event: 'report-read', records: ['r'] };
  return { ...line, operation: 'consultation', previous: `hash-${number - 1}`, hash: `hash-${number}` };
};
const CONSULTED = [
  ...[consulted(11, '10:00'), consulted(12, '09:59'), consulted(13, '11:59'), consulted(14, '12:00')],
  ...[consulted(15, '13:00'), consulted(16, '11:00')],
];
const ANSWERS: Record<string, unknown> = {
  '/v1/audit': { items: CONSULTED, next: null },
  '/v1/audit/lines': { items: LINES.map((text) => ({ text })), next: null },
  '/v1/audit/events': { items: EVENTS, next: null },
  '/v1/members/GB': { code: 'GB', signingKeys: [] },
  '/v1/audit/heads': { items: [] },
};

describe('what is collected for a bundle', () => {
  let server: Server;
  let url = '';
  const asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(JSON.stringify(ANSWERS[(request.url ?? '').split('?')[0]!]));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const wanted = { member: 'GB', from: day('10:00'), to: day('12:00'), token: 't', case: 'C' };

  it('has no hole, though clocks differ, and goes on to a signature', async () => {
    const { lines, events } = await collect({ registry: url, views: url, nodes: { GB: url } }, wanted, () => {});
    expect(lines).toEqual(LINES.slice(0, 5));
    expect(events).toEqual([2, 3, 4, 5, 6, 7].map((n) => EVENTS.find((text) => text.includes(`000${n}"`))));
    expect(asked[1]).toBe(`/v1/audit/heads?before=${day('12:00')}`);
  });

  it('has what the own node kept of that time, each line with its hash', async () => {
    const { consultations } = await collect({ registry: url, views: url, nodes: { GB: url } }, wanted, () => {});
    expect(consultations).toEqual([
      '[11,"id-11","2025-05-15T10:00:00.000Z","officer-1","report-read",["r"],"hash-10","hash-11"]',
      '[12,"id-12","2025-05-15T09:59:00.000Z","officer-1","report-read",["r"],"hash-11","hash-12"]',
      '[13,"id-13","2025-05-15T11:59:00.000Z","officer-1","report-read",["r"],"hash-12","hash-13"]',
    ]);
    const from = encodeURIComponent(wanted.from);
    expect(asked).toContain(`/v1/audit?limit=500&operation=consultation&from=${from}`);
  });

  it.each([
    ['does not answer', { GB: 'http://127.0.0.1:1' }],
    ['is not known', { AL: 'http://127.0.0.1:1' }],
  ])('is nothing where the node %s, and the error says so', async (_, nodes) => {
    asked.length = 0;
    const collected = collect({ registry: url, views: url, nodes: nodes as Record<string, string> }, wanted, () => {});
    await expect(collected).rejects.toThrow(/^Nothing is exported: .*GB's/);
    expect(asked).toEqual([]);
  });
});
