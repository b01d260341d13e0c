import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** A key of an issuer, with its private half. */
export interface TokenSigner {
  kid: string;
  jwk: JWK;
  privateKey: CryptoKey;
}

/** Makes a key for tokens. */
export async function tokenSigner(kid: string, algorithm = 'EdDSA'): Promise<TokenSigner> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
}

/** A token that is good until the year 2096, but for what `claims` and `header` say. */
export function signToken(by: TokenSigner, claims: object, header: object = {}): Promise<string> {
  return new SignJWT({ sub: 'u-1', roles: ['analyst'], aud: 'accord', exp: 4_000_000_000, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: by.kid, ...header })
    .sign(by.privateKey);
}

/** An issuer's key set on a real port of loopback; what it answers can be changed. */
export class KeyServer {
  keys: readonly unknown[] = [];
  status = 200;
  headers: Record<string, string> = {};
  /** Instead of the keys. */
  body: string | undefined;
  asked = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<KeyServer> {
    const server = createServer();
    const it = new KeyServer(server);
    server.on('request', (_, response) => {
      it.asked += 1;
      response.writeHead(it.status, { 'content-type': 'application/json', ...it.headers });
      response.end(it.body ?? JSON.stringify({ keys: it.keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return it;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/certs`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
