// The layer rules of the house. `npm run lint` and `npm test` fail on a breach.
const aggregates = '^apps/[^/]+/src/[^/]+/(report|operation|contribution|claim|member|agreement)\\.ts$';
const pure = `(^libs/(access-policy|contracts)/src|\\.(decide|projection|release|tell)\\.ts$|${aggregates})`;
const notTests = '(\\.spec\\.ts$|\\.contract\\.ts$|/testing/)';

export default {
  forbidden: [
    {
      name: 'apps-never-import-apps',
      comment: 'Only apps/accord composes them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/accord/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|test)/' },
    },
    {
      name: 'contracts-import-nothing-internal',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { path: '^(libs|apps)/', pathNot: '^libs/contracts/' },
    },
    {
      name: 'access-policy-imports-contracts-only',
      severity: 'error',
      from: { path: '^libs/access-policy/src', pathNot: notTests },
      to: { path: '^(libs|apps)/', pathNot: '^libs/(access-policy|contracts)/' },
    },
    {
      name: 'pure-code-has-no-framework-or-driver',
      comment: 'Aggregates, decisions, projections and the access rule: no Nest, no driver, no server.',
      severity: 'error',
      from: { path: pure, pathNot: notTests },
      to: { path: 'node_modules/(@nestjs|pg|@electric-sql|@eventstore|fastify|kafkajs|pino)/' },
    },
    {
      name: 'adapters-are-named-in-modules-only',
      comment: 'Everything else asks for the port.',
      severity: 'error',
      from: { path: '^apps/', pathNot: `${notTests}|\\.module\\.ts$|/main\\.ts$|^apps/accord/` },
      to: { path: '^libs/(event-store|exchange)/src/(postgres|eventstoredb|embedded|kafka)/' },
    },
    {
      name: 'kafkajs-behind-its-adapter',
      comment: 'It is unmaintained: nothing else may come to rely on it.',
      severity: 'error',
      from: { path: '^(apps|libs|test)/', pathNot: '^libs/exchange/src/(kafka|testing)/' },
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'the-eventstoredb-client-behind-its-adapter',
      comment: 'Everything else asks for the port.',
      severity: 'error',
      from: { path: '^(apps|libs|test)/', pathNot: '^libs/event-store/src/eventstoredb/' },
      to: { path: 'node_modules/@eventstore/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { pathNot: 'node_modules' } } },
    { name: 'no-unknown-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
