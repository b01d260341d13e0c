import type { Endpoints, Home } from '../home/home.ts';

/** What a person wants to know next. */
export const howToGoOn = (
  home: Home,
  endpoints: Endpoints,
  mode: 'embedded' | 'distributed' = 'embedded',
): string[] => {
  const nodes = Object.entries(endpoints.nodes).map(([code, url]) => `${code} ${url}`);
  const data = process.env['ACCORD_HOME'] === undefined && home.dir.endsWith('/.accord') ? '' : ` --data ${home.dir}`;
  return [
    '',
    `  registry      ${endpoints.registry}/docs`,
    `  joint views   ${endpoints.views}/docs`,
    `  member nodes  ${nodes.join(' · ')}`,
    '',
    '  Sign in with a token of a built-in issuer:',
    `    npx accord token --member AL --role analyst${data}`,
    `    npx accord token --member GB --role publisher,supervisor${data}`,
    '',
    '  Ask the joint views under a purpose and a case:',
    `    curl -H "Authorization: Bearer $(npx accord token --member AL --role analyst${data})" \\`,
    `         -H 'Accord-Purpose: people-smuggling' -H 'Accord-Case: DEMO-1' '${endpoints.views}/v1/reports?limit=5'`,
    '',
    mode === 'embedded'
      ? '  Data survives a killed process, not a power cut. Ctrl-C stops everything.'
      : `  Logs are in ${home.path('logs')}. Ctrl-C stops everything, Kafka and PostgreSQL too.`,
    '',
    'Accord is ready',
  ];
};
