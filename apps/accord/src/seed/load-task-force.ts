import { request } from '../cli/client.ts';
import type { AgreementsSeed, MembersSeed } from '../embedded/task-force-seed.ts';
import type { Endpoints } from '../home/home.ts';
import type { Tokens } from './load-scenario.ts';

/** Proposes members and concludes agreements, each admin for its own member; a second run changes nothing. */
export class TaskForceLoader {
  constructor(
    private readonly endpoints: Endpoints,
    private readonly tokens: Tokens,
  ) {}

  async load(members: MembersSeed, { agreements }: AgreementsSeed): Promise<void> {
    for (const { by, body } of members.proposed) await this.propose(by, body);
    for (const agreement of agreements) await this.conclude(agreement);
  }

  private async propose(by: string, body: { code: string }): Promise<void> {
    await this.command(by, '/v1/members', body, `seed-propose-${body.code}`);
  }

  private async conclude({ ref, draftedBy, body, signedBy }: AgreementsSeed['agreements'][number]): Promise<void> {
    const { id } = await this.command(draftedBy, '/v1/agreements', body, `seed-${ref}`);
    for (const party of signedBy) await this.command(party, `/v1/agreements/${id}/sign`, {}, `seed-${ref}-sign`);
  }

  private async command(member: string, path: string, body: object, key: string): Promise<{ id: string }> {
    const token = await this.tokens(member, 'admin');
    const headers = { 'idempotency-key': key };
    return request('POST', this.endpoints.registry + path, { token, body, headers });
  }
}
