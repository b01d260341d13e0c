import { expect, it } from '@jest/globals';
import { aReport, PURPOSE, until } from '../../support/caller.ts';
import { refusalOf, type Life } from './life.ts';

const OTHER = 'human-trafficking';
const terms = {
  ...{ title: 'What London and Prishtina share', parties: ['GB', 'XK'], categories: ['intelligence'] },
  ...{ purposes: [OTHER], validFrom: '2025-01-01', onward: false },
};

/** Who shares what with whom, and who belongs to it: what the registry is told shows at the joint views. */
export const livesTheTaskForce = ({ post, registry, seen, settled }: Life): void => {
  const say = async (member: string, path: string, body: object = {}) => {
    const answer = await registry(member, path, body);
    expect(answer.status).toBeLessThan(300);
    return answer.json;
  };
  const comesTo = async (status: number, path: string, purpose: string) => {
    const answer = await until(
      () => seen('XK', path, purpose),
      (now) => now.status === status,
    );
    expect(answer.status).toBe(status);
  };

  it('shares under an agreement of two, by its terms as they are amended, until one of them ends it', async () => {
    const release = { audience: ['XK'], purposes: [OTHER, PURPOSE] };
    const { id } = (await post('GB', '/v1/reports', aReport('agreed', { release }))).json;
    await settled('GB');
    const path = `/v1/reports/${id}`;
    const all = (await registry('XK', '/v1/agreements')).json.items as { id: string; parties: string[] }[];
    const multilateral = `/v1/agreements/${all.find(({ parties }) => parties.length === 3)!.id}`;
    await say('XK', `${multilateral}/suspend`);
    await comesTo(404, path, OTHER);
    expect(refusalOf(await registry('GB', `${multilateral}/resume`, {}))).toBe('409 agreement.suspended-by-another');

    const { id: two } = await say('GB', '/v1/agreements', terms);
    const deal = `/v1/agreements/${two}`;
    await say('GB', `${deal}/sign`);
    expect((await seen('XK', path, OTHER)).status).toBe(404);
    await say('XK', `${deal}/sign`);
    await comesTo(200, path, OTHER);
    expect((await seen('XK', path)).status).toBe(404);
    expect((await registry('AL', deal)).status).toBe(404);

    const amended = await say('XK', `${deal}/amend`, { purposes: [OTHER, PURPOSE] });
    expect(amended).toEqual({ id: two, version: 4, revision: 2 });
    await say('XK', `${deal}/amendments/2/sign`);
    expect((await registry('GB', deal)).json).toMatchObject({ state: 'in-force', purposes: [OTHER] });
    await say('GB', `${deal}/amendments/2/sign`);
    await comesTo(200, path, PURPOSE);
    await say('GB', `${deal}/terminate`);
    await comesTo(404, path, PURPOSE);
    await say('XK', `${multilateral}/resume`);
    await comesTo(200, path, PURPOSE);
  });

  it('shows a member nothing while it has suspended itself', async () => {
    const listed = (isAny: boolean) =>
      until(
        () => seen('XK', '/v1/reports'),
        ({ json }) => json.items.length > 0 === isAny,
      );
    expect((await listed(true)).json.items).not.toEqual([]);
    await say('XK', '/v1/members/XK/suspend');
    expect((await listed(false)).json).toEqual({ items: [], next: null });
    expect((await registry('GB', '/v1/members/XK')).json).toMatchObject({ code: 'XK', state: 'suspended' });
    expect(refusalOf(await registry('GB', '/v1/members/XK/reinstate', {}))).toBe('409 member.suspended-by-another');
    await say('XK', '/v1/members/XK/reinstate');
    expect((await listed(true)).json.items).not.toEqual([]);
  });

  it('refuses terms that are none', async () => {
    const refused = async (wrong: object) => refusalOf(await registry('GB', '/v1/agreements', { ...terms, ...wrong }));
    expect(await refused({ validTo: '2025-02-30' })).toMatch(/^400 invalid-request \/validTo /);
    expect(await refused({ purposes: ['sport'] })).toMatch(/^400 invalid-request \/purposes/);
  });
};
