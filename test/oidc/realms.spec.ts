import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CLASSIFICATIONS, ROLES } from '#contracts';
import { realmSecrets } from '#platform/servers';

const FOLDER = join(process.cwd(), 'deploy/keycloak');
const textOf = (realm: string) => readFileSync(join(FOLDER, `${realm}-realm.json`), 'utf8');
const seed = JSON.parse(readFileSync(join(process.cwd(), 'seeds/members.json'), 'utf8')) as {
  founders: { code: string; name: string }[];
  proposed: { body: { code: string; name: string } }[];
};
const members = [...seed.founders, ...seed.proposed.map(({ body }) => body)];
const realms = [...members.map(({ code }) => code), 'task-force'];

describe('the realms of Keycloak', () => {
  it('are one for each member of the demo, and the task force’s', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('-realm.json'));
    expect(files.toSorted()).toEqual(realms.map((realm) => `${realm}-realm.json`).toSorted());
    expect(realmSecrets().toSorted()).toEqual(
      realms.map((realm) => `${realm.toUpperCase().replace('-', '_')}_SYSTEM_SECRET`).toSorted(),
    );
  });

  it('are the same for each member but for its name', () => {
    const [first, ...others] = members.map(({ code, name }) =>
      textOf(code)
        .replaceAll(name, 'NAME')
        .replaceAll(`"${code}"`, '"CODE"')
        .replaceAll(`${code}_SYSTEM`, 'CODE_SYSTEM'),
    );
    for (const other of others) expect(other).toBe(first);
  });

  it.each(realms)('%s lets nobody in but by a code with PKCE, or a secret from the environment', (name) => {
    const realm = JSON.parse(textOf(name));
    expect(realm).toMatchObject({
      ...{ realm: name, enabled: true, sslRequired: 'external', registrationAllowed: false, bruteForceProtected: true },
      ...{ defaultSignatureAlgorithm: 'EdDSA', accessTokenLifespan: 300, editUsernameAllowed: false },
      passwordPolicy: expect.stringContaining('length(14)'),
    });
    expect(realm.clients).toMatchObject([
      {
        ...{ clientId: 'accord-people', publicClient: true, standardFlowEnabled: true, serviceAccountsEnabled: false },
        attributes: { 'pkce.code.challenge.method': 'S256' },
      },
      {
        ...{ clientId: 'accord-system', publicClient: false, standardFlowEnabled: false, serviceAccountsEnabled: true },
        secret: expect.stringMatching(/^\$\{[A-Z_]+_SYSTEM_SECRET\}$/),
      },
    ]);
    for (const client of realm.clients) {
      expect(client).toMatchObject({
        ...{ implicitFlowEnabled: false, directAccessGrantsEnabled: false, fullScopeAllowed: false },
        ...{ defaultClientScopes: ['accord'], optionalClientScopes: [] },
      });
    }
  });

  it.each(realms)('%s knows the roles and clearances of Accord, which nobody gives to itself', (name) => {
    const realm = JSON.parse(textOf(name));
    const roles = ROLES.filter((role) => (role === 'operator') === (name === 'task-force'));
    expect(realm.roles.realm.map((role: { name: string }) => role.name)).toEqual(roles);
    expect(realm.scopeMappings).toEqual([{ clientScope: 'accord', roles }]);
    const [profile] = realm.components['org.keycloak.userprofile.UserProfileProvider'];
    const { attributes } = JSON.parse(profile.config['kc.user.profile.config'][0]);
    expect(attributes.find((each: { name: string }) => each.name === 'clearance')).toMatchObject({
      permissions: { edit: ['admin'] },
      validations: { options: { options: CLASSIFICATIONS } },
    });
  });

  it.each(realms)('%s makes its keys itself: none stands in the file', (name) => {
    const keys = JSON.parse(textOf(name)).components['org.keycloak.keys.KeyProvider'];
    expect(keys.map((key: { providerId: string }) => key.providerId)).toEqual([
      'eddsa-generated',
      'hmac-generated',
      'aes-generated',
    ]);
    expect(textOf(name)).not.toMatch(/private|BEGIN|"d"/i);
  });
});
