import { randomBytes } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { Administrator } from './administrator.ts';
import { SignInRefused, type Tokens } from './people.ts';
import { until, type Steps } from './steps.ts';
import type { Answer, TaskForce } from './task-force.ts';

export interface Scene {
  steps: Steps;
  keycloak: Administrator;
  taskForce: TaskForce;
  secrets: Record<string, string>;
}

const REPORT = {
  title: 'Boats bought for the Channel route',
  category: 'intelligence',
  classification: 'OFFICIAL',
  grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
  handlingCodes: ['H0'],
  legalBasis: 'Immigration Act 1971 s.25',
  reviewBy: '2032-05-15',
  entities: [{ id: 'o1', schema: 'Organization', properties: { name: ['Rrjeti Shembull'] }, assertion: 'assessment' }],
};
const AGREEMENT = {
  title: 'Arrangement between the United Kingdom and Albania',
  parties: ['GB', 'AL'],
  categories: ['intelligence'],
  purposes: ['people-smuggling'],
  validFrom: '2025-05-15',
  onward: false,
};
const newPassword = (): string => randomBytes(18).toString('base64url');

/** People and systems of two members sign in at their own realms, and share a report. */
export class Scenario {
  private readonly passwords = new Map<string, string>();

  constructor(private readonly scene: Scene) {}

  async run(): Promise<void> {
    await this.people();
    await this.tokens();
    await this.agreement();
    const id = await this.report();
    await this.refusals(id);
    await this.rotation(id);
  }

  private async people(): Promise<void> {
    const { steps, keycloak } = this.scene;
    steps.note('GB and AL add an analyst and an admin each; GB lets its system release');
    for (const realm of ['GB', 'AL']) {
      for (const role of ['analyst', 'admin']) {
        const username = `${realm.toLowerCase()}-${role}`;
        const password = newPassword();
        this.passwords.set(username, password);
        await keycloak.addUser(realm, { username, password, roles: [role] });
      }
    }
    await keycloak.giveRoles('GB', 'service-account-accord-system', ['supervisor']);
  }

  private signIn(realm: string, role: string): Promise<Tokens> {
    const username = `${realm.toLowerCase()}-${role}`;
    return this.scene.keycloak.realm(realm).signIn(username, this.passwords.get(username) ?? '');
  }

  private system(realm: string): Promise<Tokens> {
    return this.scene.keycloak.realm(realm).system(this.scene.secrets[`${realm}_SYSTEM_SECRET`]!);
  }

  private async tokens(): Promise<void> {
    const { steps, keycloak } = this.scene;
    const realm = keycloak.realm('GB');
    const told = (token: string) => {
      const { iss, aud, roles, clearance, exp = 0, iat = 0 } = decodeJwt(token);
      const ours = { iss, aud, roles: (roles as string[]).toSorted(), clearance, seconds: exp - iat };
      return { alg: decodeProtectedHeader(token).alg, ...ours };
    };
    const common = { alg: 'EdDSA', iss: realm.issuer, aud: 'accord' };
    const person = told((await this.signIn('GB', 'analyst')).access_token);
    steps.check('a person’s token holds what Accord reads, for five minutes', person, {
      ...{ ...common, roles: ['analyst'], clearance: 'OFFICIAL', seconds: 300 },
    });
    steps.check('so does a service account’s', told((await this.system('GB')).access_token), {
      ...{ ...common, roles: ['publisher', 'supervisor'], clearance: 'OFFICIAL', seconds: 300 },
    });
    await steps.refuses('Keycloak refuses a wrong password', realm.signIn('gb-analyst', 'x'), SignInRefused);
    await steps.refuses('a wrong secret of a system', realm.system('x'), SignInRefused);
    await steps.refuses(
      'the secret of another member’s',
      realm.system(this.scene.secrets['AL_SYSTEM_SECRET']!),
      SignInRefused,
    );
    const password = this.passwords.get('gb-analyst')!;
    await steps.refuses('a person without PKCE', realm.codeFor('gb-analyst', password, {}), SignInRefused);
    const direct = { grant_type: 'password', client_id: 'accord-people', username: 'gb-analyst', password };
    await steps.refuses('a password that an app was told', realm.token(direct), SignInRefused);
  }

  private async agreement(): Promise<void> {
    const { steps, taskForce } = this.scene;
    const [gb, al] = await Promise.all([this.signIn('GB', 'admin'), this.signIn('AL', 'admin')]);
    const drafted = await taskForce.call('registry', 'POST', '/v1/agreements', {
      ...{ token: gb.access_token, body: AGREEMENT },
    });
    steps.check('the registry knows the admin of GB', drafted.status, 201);
    const sign = ({ access_token: token }: Tokens) =>
      taskForce.call('registry', 'POST', `/v1/agreements/${drafted.json.id}/sign`, { token, body: {} });
    steps.check('both admins sign', [(await sign(gb)).status, (await sign(al)).status], [200, 200]);
  }

  private async report(): Promise<string> {
    const { steps, taskForce } = this.scene;
    const { access_token: token } = await this.system('GB');
    const created = await taskForce.call('GB', 'POST', '/v1/reports', { token, body: REPORT });
    steps.check('the system of GB publishes a report', created.status, 201);
    const id = created.json.id as string;
    const released = await this.release(id, token);
    steps.check('and releases it to AL', released.status, 200);
    const { access_token: analyst } = await this.signIn('AL', 'analyst');
    const read = await until(
      () => this.read(id, analyst),
      ({ status }) => status === 200,
    );
    steps.check('the analyst of AL reads it', [read.status, read.json?.title], [200, REPORT.title]);
    const own = await this.read(id, (await this.signIn('GB', 'analyst')).access_token);
    steps.check('so does the analyst of GB', [own.status, own.json?.originator], [200, 'GB']);
    return id;
  }

  private release(id: string, token: string): Promise<Answer> {
    const body = { audience: ['AL'], purposes: ['people-smuggling'] };
    return this.scene.taskForce.call('GB', 'POST', `/v1/reports/${id}/release`, { token, body });
  }

  private read(id: string, token: string): Promise<Answer> {
    return this.scene.taskForce.call('views', 'GET', `/v1/reports/${id}`, { token });
  }

  private async refusals(id: string): Promise<void> {
    const { steps, taskForce } = this.scene;
    const publish = async (where: string, token: string) =>
      (await taskForce.call(where, 'POST', '/v1/reports', { token, body: REPORT })).status;
    const system = { GB: (await this.system('GB')).access_token, AL: (await this.system('AL')).access_token };
    const analyst = await this.signIn('AL', 'analyst');
    steps.check('AL’s node refuses the system of GB', await publish('AL', system.GB), 401);
    steps.check('and takes its own', await publish('AL', system.AL), 201);
    steps.check('GB’s node refuses that', await publish('GB', system.AL), 401);
    steps.check('an analyst publishes nothing', await publish('AL', analyst.access_token), 403);
    const own = await taskForce.call('AL', 'POST', '/v1/reports', { token: system.AL, body: REPORT });
    const release = await taskForce.call('AL', 'POST', `/v1/reports/${own.json.id}/release`, {
      ...{ token: system.AL, body: { audience: ['GB'], purposes: ['people-smuggling'] } },
    });
    steps.check('the system of AL, which is no supervisor, releases nothing', release.status, 403);
    steps.check('the system of GB, which is no analyst, reads nothing', (await this.read(id, system.GB)).status, 403);
    steps.check(
      'a token that says who somebody is lets nobody in',
      (await this.read(id, analyst.id_token!)).status,
      401,
    );
    steps.check('nor does one that was changed', (await this.read(id, promoted(analyst.access_token))).status, 401);
    const operator = (await this.systemOfTheTaskForce()).access_token;
    steps.check('the task force’s operator reads no report', (await this.read(id, operator)).status, 403);
    const { status } = await taskForce.call('views', 'GET', '/metrics', { token: operator });
    steps.check('but the metrics', status, 200);
  }

  private systemOfTheTaskForce(): Promise<Tokens> {
    return this.scene.keycloak.realm('task-force').system(this.scene.secrets['TASK_FORCE_SYSTEM_SECRET']!);
  }

  private async rotation(id: string): Promise<void> {
    const { steps, keycloak } = this.scene;
    const asks = async (token: string) => (await this.read(id, token)).status;
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    const first = (await this.signIn('AL', 'analyst')).access_token;
    steps.note('AL’s administrator adds a newer key');
    await keycloak.addKey('AL', 200);
    const second = (await this.signIn('AL', 'analyst')).access_token;
    steps.check('tokens are by the newer key', kidOf(second) === kidOf(first), false);
    steps.check(
      'which is followed',
      await until(
        () => asks(second),
        (status) => status === 200,
      ),
      200,
    );
    steps.check('while the older one is published, its tokens are good', await asks(first), 200);
    steps.note('AL’s administrator takes the older one back, and adds a third');
    await keycloak.dropKey('AL', 'tokens');
    await keycloak.addKey('AL', 300);
    const third = (await this.signIn('AL', 'analyst')).access_token;
    steps.check(
      'the third is followed',
      await until(
        () => asks(third),
        (status) => status === 200,
      ),
      200,
    );
    steps.check('tokens by the one that was taken back are not good any more', await asks(first), 401);
    steps.check('those by the second are', await asks(second), 200);
  }
}

/** A token with another clearance, under the same signature. */
function promoted(token: string): string {
  const [head, , signature] = token.split('.');
  const claims = { ...decodeJwt(token), clearance: 'SECRET', roles: ['analyst', 'supervisor'] };
  return `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
}
