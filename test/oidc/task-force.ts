import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { ensureCredentials } from '../../apps/accord/src/embedded/credentials.ts';
import { Embedded } from '../../apps/accord/src/embedded/embedded.ts';
import { EmbeddedSettings } from '../../apps/accord/src/embedded/settings.ts';
import { codesOf, readMembers } from '../../apps/accord/src/embedded/task-force-seed.ts';
import { endpointsFrom, Home, type Endpoints } from '../../apps/accord/src/home/home.ts';
import type { Realm } from './people.ts';

export interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
  text: string;
}

interface Call {
  token: string;
  body?: object;
}

/** The whole task force in this process, whose members' tokens are those of Keycloak's realms. */
export class TaskForce {
  private constructor(
    private readonly running: Embedded,
    private readonly dir: string,
    private readonly endpoints: Endpoints,
  ) {}

  static async start(portBase: number, realmOf: (name: string) => Realm): Promise<TaskForce> {
    const dir = mkdtempSync(join(tmpdir(), 'accord-oidc-'));
    try {
      const seed = readMembers(process.cwd());
      const codes = codesOf(seed);
      const home = new Home(dir);
      const issuerOf = (name: string, member: string | null) => {
        const { issuer, jwksUri } = realmOf(name);
        return { issuer, member, jwksUri };
      };
      const builtIn = await ensureCredentials(home, codes);
      const credentials = {
        ...builtIn,
        members: builtIn.members.map((each) => ({ ...each, issuer: issuerOf(each.code, each.code) })),
        operator: issuerOf('task-force', null),
      };
      const endpoints = endpointsFrom(portBase, codes);
      const settings = Value.Default(EmbeddedSettings, {}) as EmbeddedSettings;
      const running = await Embedded.start({ home, endpoints, credentials, founders: seed.founders, settings });
      return new TaskForce(running, dir, endpoints);
    } catch (error) {
      rmSync(dir, { recursive: true, force: true });
      throw error;
    }
  }

  /** Of `registry`, `views`, or a member's node by its code. */
  async call(where: string, method: string, path: string, { token, body }: Call): Promise<Answer> {
    const base = { ...this.endpoints.nodes, registry: this.endpoints.registry, views: this.endpoints.views }[where];
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'accord-purpose': 'people-smuggling',
        'accord-case': 'OIDC-1',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, json: text.startsWith('{') ? JSON.parse(text) : undefined };
  }

  async stop(): Promise<void> {
    await this.running.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
