import { createHash, randomBytes } from 'node:crypto';

/** What an OIDC provider answers to a token request. */
export interface Tokens {
  access_token: string;
  id_token?: string;
}

/** An answer that is none of what was asked for. */
export class SignInRefused extends Error {}

const CALLBACK = 'http://127.0.0.1:1/callback';

const posted = (values: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  redirect: 'manual' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: new URLSearchParams(values),
});

/** A realm of Keycloak, as its users' browsers and its member's systems meet it. */
export class Realm {
  constructor(private readonly url: string) {}

  get issuer(): string {
    return this.url;
  }

  get jwksUri(): string {
    return `${this.url}/protocol/openid-connect/certs`;
  }

  /** As a browser does it: the authorisation code flow with PKCE, through the form. Throws SignInRefused. */
  async signIn(username: string, password: string): Promise<Tokens> {
    const verifier = randomBytes(32).toString('base64url');
    const code = await this.codeFor(username, password, {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return this.token({
      grant_type: 'authorization_code',
      client_id: 'accord-people',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
      code,
    });
  }

  /** A service account's token: client credentials. */
  system(secret: string): Promise<Tokens> {
    return this.token({ grant_type: 'client_credentials', client_id: 'accord-system', client_secret: secret });
  }

  async token(values: Record<string, string>): Promise<Tokens> {
    const answer = await fetch(`${this.url}/protocol/openid-connect/token`, posted(values));
    if (!answer.ok) throw new SignInRefused(await answer.text());
    return (await answer.json()) as Tokens;
  }

  /** The code that the login ends with. Without a challenge it should not come so far. */
  async codeFor(username: string, password: string, challenge: Record<string, string>): Promise<string> {
    const asked = { client_id: 'accord-people', response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' };
    const query = new URLSearchParams({ ...asked, state: randomBytes(8).toString('hex'), ...challenge });
    const page = await fetch(`${this.url}/protocol/openid-connect/auth?${query.toString()}`, { redirect: 'manual' });
    const cookie = page.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    const action = /<form[^>]*action="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&');
    if (!action) throw new SignInRefused(`no form, but ${page.status} ${page.headers.get('location') ?? ''}`);
    const done = await fetch(action, posted({ username, password }, { cookie }));
    await done.body?.cancel();
    const location = done.headers.get('location');
    const code = location === null ? null : new URL(location).searchParams.get('code');
    if (code === null) throw new SignInRefused(`no code, but ${done.status}`);
    return code;
  }
}
