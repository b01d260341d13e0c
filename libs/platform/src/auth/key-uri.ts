/** Where keys may be fetched over plain http unless a setting says otherwise: this machine. */
export const LOOPBACK_HOSTS: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a URL names an issuer, or keys, so that nobody between can answer for it: https, or http at one of the hosts. */
export function isTrustedUrl(url: string, httpHosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password, hash } = new URL(url);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && httpHosts.includes(hostname));
}
