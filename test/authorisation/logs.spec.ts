import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { person, reportBody } from '../../apps/member-node/src/testing/bodies.ts';
import { eventKey, tokenOf } from '../../apps/registry/src/testing/harness.ts';
import { createLogger } from '#platform';
import { startTaskForce, type App, type TaskForce } from './task-force.ts';

// In every place where a caller can write something.
const MARK = 'Zqxmarked';
const marked = (what: string) => `${MARK} ${what}`;
const PERSON = person('p', {
  name: [marked('Shembulli')],
  birthDate: ['1984-07-13'],
  passportNumber: [`${MARK.toUpperCase()}77`],
  nationality: ['al'],
});
const REPORT = reportBody({
  title: marked('title'),
  externalId: `${MARK}-1`,
  legalBasis: marked('basis'),
  entities: [PERSON],
});

const ALERT = { number: MARK, type: 'passport', issuingState: 'AL', status: 'stolen', since: '2025-01-01' };
/** All of it is as it should be, but for the check digit of the birth date, and so the one over all. */
const MRZ = `P<ALB${MARK.toUpperCase().padEnd(39, '<')}\nL898902C36ALB8407130M3001019<<<<<<<<<<<<<<00`;

describe('the logs of all apps, at their most talkative', () => {
  let force: TaskForce;
  let log = '';
  const tokens: string[] = [];
  const statuses = new Set<number>();

  const ask = async (app: App, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const roles = ['publisher', 'supervisor', 'analyst', 'auditor', 'admin'];
    const token = await tokenOf(force.issuers.get('GB')!, roles, { sub: `${MARK}.user` });
    tokens.push(token);
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(force.base[app] + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accord-purpose': 'people-smuggling',
        'accord-case': `${MARK}-case`,
        'user-agent': `${MARK}-agent`,
        'idempotency-key': `${MARK}-${tokens.length}`,
        ...(raw !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(raw !== undefined && { body: raw }),
    });
    statuses.add(answer.status);
    return answer.text();
  };
  const json = async (...asked: Parameters<typeof ask>) => JSON.parse(await ask(...asked)) as { id: string };

  beforeAll(async () => {
    force = await startTaskForce(createLogger('test', 'trace', { write: (line) => void (log += line) }));
  });
  afterAll(() => force.stop());

  it('hear of commands and reads that hold personal data', async () => {
    const { id } = await json('member node', 'POST', '/v1/reports', REPORT);
    const release = { audience: ['AL'], purposes: ['people-smuggling'] };
    await ask('member node', 'POST', `/v1/reports/${id}/release`, release);
    await ask('member node', 'POST', `/v1/reports/${id}/amend`, {
      title: marked('new title'),
      reason: marked('reason'),
    });
    await force.apps.node.relay.idle();
    await ask('joint views', 'GET', `/v1/subjects?name=${MARK}`);
    await ask('joint views', 'GET', `/v1/reports/${id}`);
    await ask('member node', 'POST', `/v1/reports/${id}/recall`, { reason: marked('recalled') });
    const finding = { machine: marked('desk'), pattern: marked('pattern') };
    await ask('member node', 'POST', '/v1/document-alerts', { ...ALERT, finding, release });
    await force.apps.node.relay.idle();
    await ask('joint views', 'POST', '/v1/document-checks', { number: MARK });
    await ask('joint views', 'POST', '/v1/document-checks:batch', { checks: [{ number: MARK }, { mrz: MARK }] });
    await ask('registry', 'POST', '/v1/members', {
      code: 'ME',
      name: marked('state'),
      contact: marked('duty officer'),
    });
    expect([...statuses].sort()).toEqual([200, 201]);
  });

  it('hear of what is refused, and of what is no request at all', async () => {
    statuses.clear();
    const bad = { ...REPORT, externalId: `${MARK}-2`, grading: { scheme: MARK }, surprise: MARK };
    await ask('member node', 'POST', '/v1/reports', bad);
    await ask('member node', 'POST', '/v1/reports', `{"title":"${MARK}`);
    await ask('member node', 'POST', '/v1/reports', { ...REPORT, title: marked('another under the same id') });
    await ask('member node', 'POST', '/v1/reports:batch', `${JSON.stringify(bad)}\n{"${MARK}"\n`, {
      'content-type': 'application/x-ndjson',
    });
    await ask('member node', 'POST', '/v1/reports', MARK, { 'content-type': 'text/plain' });
    await ask('member node', 'GET', `/v1/reports/${MARK}`);
    await ask('joint views', 'GET', `/v1/reports?cursor=${MARK}`);
    await ask('joint views', 'GET', `/v1/subjects/${encodeURIComponent(marked('id'))}`);
    await ask('member node', 'POST', '/v1/document-alerts', { ...ALERT, type: MARK, number: `${MARK}!` });
    await ask('joint views', 'POST', '/v1/document-checks', { number: MARK, type: MARK });
    expect(await ask('joint views', 'POST', '/v1/document-checks', { mrz: MRZ })).toContain('mrz.check-digit');
    await ask('registry', 'POST', '/v1/agreements', { title: marked('agreement') });
    expect([...statuses].every((status) => status === 200 || (status >= 400 && status < 500))).toBe(true);
  });

  it('hear of faults: of a log that can’t be written, and of an event that nobody can use', async () => {
    statuses.clear();
    const { db } = force;
    await db.exec('alter schema consultation rename to away');
    await ask('joint views', 'GET', `/v1/subjects?name=${MARK}`);
    await db.exec('alter schema away rename to consultation');
    await db.exec('alter table gb.events rename to away');
    await ask('member node', 'POST', '/v1/reports', { ...REPORT, externalId: `${MARK}-3` });
    await db.exec('alter table gb.away rename to events');
    expect(statuses.size > 0 && [...statuses].every((status) => status >= 500)).toBe(true);
    await force.exchange.append('/members/GB', [{ key: MARK, value: `{"title":"${MARK}"}` }]);
    while (!log.includes('source quarantined')) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('hold nothing of any of it', () => {
    const lines = log.trim().split('\n');
    expect(lines.filter((line) => line.includes('request failed')).length).toBeGreaterThan(0);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    expect(lines.filter((line) => line.toLowerCase().includes(MARK.toLowerCase()))).toEqual([]);
    expect(lines.filter((line) => /1984-07-13|840713|L898902C3|u-1/.test(line))).toEqual([]);
    const secrets = [...tokens, ...tokens.map((token) => token.split('.')[2]!), eventKey.privateJwk.d];
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/Bearer|enrol_|"d":|a secret of the test/);
  });
});
