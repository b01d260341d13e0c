/**
 * A schema's name as an identifier to put into SQL. Throws where it isn't a plain lower-case name of at most 48
 * characters (names derived from it must stay under PostgreSQL's 63), so that no text of a caller ever becomes SQL.
 */
export function quoteIdent(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,47}$/.test(name)) throw new Error(`Not a usable schema name: ${JSON.stringify(name)}`);
  return `"${name}"`;
}
