import { expect, it } from '@jest/globals';
import { asRecord, notice, refusalOf, toldOf, type Life } from './life.ts';

const FOR = 'document-fraud';
const LONDON = 'Accord desk London, desk.gb@example.org';
const passport = {
  number: 'DEMO 12-34 5',
  type: 'passport',
  issuingState: 'AL',
  status: 'forged',
  since: '2026-01-15',
};
const finding = { machine: 'Desk 3', pattern: 'The data page is of another batch.', images: ['9f'.repeat(32)] };
const OF_NOBODY = { number: 'NOSUCH1' };
const NO_HIT = { hit: false };
const zone = (sex: string, born: string) =>
  `${'P<ALBSHEMBULLI<<ARBEN'.padEnd(44, '<')}\nDEMO123456ALB${born}${sex}3001019<<<<<<<<<<<<<<00`;
const mrz = zone('M', '8401016');
const misread = zone('M', '8401017');

/** A document in the register: checked by another member, which the state that issued it is told of, until it is withdrawn. */
export const livesADocument = (life: Life): void => {
  const { post, own, seen, settled } = life;
  const register = async (body: object) => {
    const answer = await post('GB', '/v1/document-alerts', body);
    await settled('GB');
    return answer.json.id as string;
  };
  const act = async (id: string, what: string, body: object = {}) => {
    const answer = await post('GB', `/v1/document-alerts/${id}/${what}`, body);
    await settled('GB');
    return answer;
  };
  const checked = (member: string, body: object, purpose = FOR) =>
    seen(member, '/v1/document-checks', purpose, { body });
  const alert = (id: string, member: string) => seen(member, `/v1/document-alerts/${id}`, FOR);
  const hitOn = (id: string, status = 'forged') => ({
    hit: true,
    alerts: [{ id, originator: 'GB', status, contact: LONDON }],
  });

  it('finds a forged passport by number and by MRZ, says whom to call, and tells the state that issued it', async () => {
    const id = await register({ ...passport, finding });
    expect((await checked('XK', { number: 'DEMO12345' })).json).toEqual(NO_HIT);
    const terms = { audience: ['AL', 'XK'], purposes: [FOR] };
    expect((await act(id, 'release', terms)).json).toEqual({ id, version: 2 });
    expect((await alert(id, 'XK')).json).toEqual({
      ...{ id, originator: 'GB', ...passport, finding, state: 'in-force' },
      ...asRecord(1, FOR),
    });
    expect(await toldOf(life, 'AL', id)).toEqual([]);
    for (const body of [{ number: 'demo 1234-5', issuingState: 'AL', type: 'passport' }, { mrz }])
      expect((await checked('XK', body)).json).toEqual(hitOn(id));
    for (const other of [{ issuingState: 'XK' }, { type: 'visa' }])
      expect((await checked('XK', { number: 'DEMO12345', ...other })).json).toEqual(NO_HIT);
    const told = [notice('document-checked', id), notice('document-checked', id)];
    expect(await toldOf(life, 'AL', id)).toEqual(told);
    expect(await toldOf(life, 'XK', id)).toEqual([]);

    // One who asks for protection may not be found by where the passport was shown.
    const audit = async () => (await seen('GB', `/v1/audit?record=${id}`)).json.items as { member: string }[];
    const before = await audit();
    expect(before.map(({ member }) => member)).toEqual(['XK', 'XK', 'XK']);
    expect((await checked('XK', { number: 'DEMO12345', protection: true })).json).toEqual(hitOn(id));
    expect(await toldOf(life, 'AL', id)).toEqual(told);
    expect(await audit()).toEqual(before);

    const checks = [{ number: 'DEMO12345' }, { number: '?' }, { mrz: misread }, { ...OF_NOBODY, protection: true }];
    const wrong = (path: string, rule: string) => ({ path, rule, message: expect.any(String) });
    const wrongDigits = ['birthDate', 'composite'].map((field) => wrong(`/checks/2/mrz/${field}`, 'check-digit'));
    expect((await seen('XK', '/v1/document-checks:batch', FOR, { body: { checks } })).json).toEqual({
      items: [
        { status: 'checked', ...hitOn(id) },
        { status: 'rejected', code: 'invalid-request', errors: [wrong('/checks/1/number', 'pattern')] },
        { status: 'rejected', code: 'mrz.check-digit', errors: wrongDigits },
        { status: 'checked', ...NO_HIT },
      ],
    });
    expect(await toldOf(life, 'AL', id)).toHaveLength(3);
  });

  it('answers alike where there is no alert and where there is none for the one who asks', async () => {
    const lost = { ...passport, number: 'DEMO777', status: 'lost' };
    const id = await register({ ...lost, release: { audience: ['XK'], purposes: [FOR] } });
    const nothing = await checked('AL', OF_NOBODY);
    expect(nothing).toMatchObject({ status: 200, json: NO_HIT });
    const hidden = await checked('AL', { number: lost.number });
    expect([hidden.status, hidden.text]).toEqual([nothing.status, nothing.text]);
    expect((await checked('XK', { number: lost.number }, 'statistics')).text).toBe(nothing.text);
    // The state that issued it isn't told of what it may not see.
    expect((await checked('XK', { number: lost.number })).json).toEqual(hitOn(id, 'lost'));
    expect(await toldOf(life, 'AL', id)).toEqual([]);
    expect((await alert(id, 'AL')).status).toBe(404);
  });

  it('hits no more once it is withdrawn, and is gone once it is recalled', async () => {
    const stolen = { ...passport, number: 'DEMO888', status: 'stolen' };
    const id = await register({ ...stolen, release: { audience: ['AL', 'XK'], purposes: [FOR] } });
    expect((await checked('XK', { number: stolen.number })).json).toEqual(hitOn(id, 'stolen'));
    expect((await act(id, 'withdraw')).json).toEqual({ id, version: 3 });
    expect((await checked('XK', { number: stolen.number })).json).toEqual(NO_HIT);
    expect((await alert(id, 'XK')).json).toMatchObject({ number: stolen.number, state: 'withdrawn', version: 2 });
    expect(refusalOf(await act(id, 'withdraw'))).toBe('409 document-alert.withdrawn');
    await act(id, 'recall', { reason: 'It is another passport.' });
    expect((await alert(id, 'XK')).status).toBe(404);
    expect(await toldOf(life, 'XK', id)).toEqual([notice('recall', id)]);
    await act(id, 'erase', { reason: 'It is another passport.' });
    const kept = await own('GB', `/v1/document-alerts/${id}`);
    expect(kept.json).toMatchObject({ id, state: 'erased' });
    expect(kept.text).not.toContain(stolen.number);
  });

  it('refuses what is no alert, and an MRZ that was misread', async () => {
    const refused = async (wrong: object) =>
      refusalOf(await post('GB', '/v1/document-alerts', { ...passport, ...wrong }));
    expect(await refused({ issuingState: 'ALB' })).toBe('400 invalid-request /issuingState pattern');
    expect(await refused({ finding: { machine: 'Desk 3' } })).toBe('400 invalid-request /finding/pattern required');
    const digits = '422 mrz.check-digit /mrz/birthDate check-digit /mrz/composite check-digit';
    expect(refusalOf(await checked('XK', { mrz: misread }))).toBe(digits);
  });
};
