import { Realm } from './people.ts';

interface Named {
  id: string;
  name: string;
}

export interface NewUser {
  username: string;
  password: string;
  roles: string[];
  clearance?: string;
}

/** Keycloak's administrator: what a member's own would do in the console. */
export class Administrator {
  constructor(
    private readonly base: string,
    private readonly login: { user: string; password: string },
  ) {}

  realm(name: string): Realm {
    return new Realm(`${this.base}/realms/${name}`);
  }

  async addUser(realm: string, { username, password, roles, clearance = 'OFFICIAL' }: NewUser): Promise<void> {
    await this.ask('POST', `${realm}/users`, {
      username,
      enabled: true,
      firstName: 'Test',
      lastName: 'Person',
      email: `${username}@example.org`,
      emailVerified: true,
      attributes: { clearance: [clearance] },
      credentials: [{ type: 'password', value: password, temporary: false }],
    });
    await this.giveRoles(realm, username, roles);
  }

  async giveRoles(realm: string, username: string, roles: string[]): Promise<void> {
    const [user] = await this.ask<Named[]>('GET', `${realm}/users?exact=true&username=${username}`);
    const given = await Promise.all(roles.map((role) => this.ask<Named>('GET', `${realm}/roles/${role}`)));
    await this.ask('POST', `${realm}/users/${user!.id}/role-mappings/realm`, given);
  }

  /** Makes a newer key for tokens; the older ones go on to be published. */
  async addKey(realm: string, priority: number): Promise<void> {
    const { id } = await this.ask<Named>('GET', realm);
    await this.ask('POST', `${realm}/components`, {
      name: `tokens ${priority}`,
      parentId: id,
      providerId: 'eddsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      config: { priority: [`${priority}`], enabled: ['true'], active: ['true'], eddsaEllipticCurveKey: ['Ed25519'] },
    });
  }

  /** Takes a key back: it is published no more. */
  async dropKey(realm: string, name: string): Promise<void> {
    const type = 'type=org.keycloak.keys.KeyProvider';
    const all = await this.ask<Named[]>('GET', `${realm}/components?${type}`);
    await this.ask('DELETE', `${realm}/components/${all.find((each) => each.name === name)!.id}`);
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    // Its tokens live for a minute.
    const { access_token: token } = await this.realm('master').token({
      grant_type: 'password',
      client_id: 'admin-cli',
      username: this.login.user,
      password: this.login.password,
    });
    const answer = await fetch(`${this.base}/admin/realms/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Keycloak answered ${answer.status} to ${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
