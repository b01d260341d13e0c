import { expect, it } from '@jest/globals';
import type { Life } from './returns.ts';

const FOR = 'organised-crime';
const release = { audience: ['AL'], purposes: [FOR] };
const pledge = {
  receiver: 'AL',
  kind: 'money',
  item: 'Forensics programme',
  amount: '10.00',
  currency: 'GBP',
  release,
};

/** Help of a donor, from the pledge until it is taken back. */
export const livesAssistance = ({ post, seen, settled }: Life): void => {
  it('lets a donor help another member, and draw no more than it pledged', async () => {
    const { json: fund } = await post('GB', '/v1/assistance', pledge);
    const draw = (amount: string) => post('GB', `/v1/assistance/${fund.id}/draw`, { amount, for: 'DNA kits' });
    expect([(await draw('9.99')).status, (await draw('0.02')).status]).toEqual([200, 422]);
    await settled('GB');
    const helped = (member: string) => seen(member, `/v1/assistance/${fund.id}`, FOR);
    expect((await helped('AL')).json).toMatchObject({ donor: 'GB', amount: '10.00', drawn: '9.99', state: 'pledged' });
    expect((await helped('XK')).status).toBe(404);
    expect((await seen('XK', '/v1/assistance/totals', FOR)).text).not.toContain('9.99');
    await post('GB', `/v1/assistance/${fund.id}/recall`, { reason: 'test' });
    await settled('GB');
    expect((await helped('AL')).status).toBe(404);
    const { items } = (await seen('AL', '/v1/notices')).json;
    expect(items).toContainEqual(expect.objectContaining({ kind: 'recall', record: fund.id }));
  });
};
