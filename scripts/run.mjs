// `npm run build | lint | format | test | test:…`: installs what is missing, then works on the pinned Node.
import { bin, build, ensureBuilt, ensureInstalled, pinnedNode, run, say } from './house.mjs';

const [what = 'test', ...rest] = process.argv.slice(2);
ensureInstalled();
const onNode = (tool, ...args) => run(pinnedNode, [bin(tool), ...args]);
const jest = (...args) =>
  run(pinnedNode, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', bin('jest'), ...args]);

// A command of test/, from its sources.
const script = (path, ...args) =>
  run(pinnedNode, ['--import', './test/typescript.mjs', '--conditions=source', path, ...args]);

/** Commands that print a result of their own: nothing is said around them. */
const commands = {
  access: () => script('test/access/run.ts', ...rest),
  leaks: () => script('test/leaks/run.ts', ...rest),
  tamper: () => script('test/tamper/run.ts', ...rest),
  chaos: () => script('test/chaos/run.ts', ...rest),
  faults: () => (ensureBuilt(), script('test/faults/main.ts', ...rest)),
  oidc: () => script('test/oidc/main.ts'),
  bulk: () => (ensureBuilt(), script('test/bulk/main.ts', ...rest)),
  bench: () => (ensureBuilt(), script('bench/main.ts', ...rest)),
};
if (commands[what]) process.exit(commands[what]());

const steps = {
  format: () => onNode('prettier', '--write', '--log-level', 'warn', '.'),
  'check format': () => onNode('prettier', '--check', '--log-level', 'warn', '.'),
  lint: () =>
    onNode('eslint', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0', '.'),
  types: () => onNode('tsc', '--noEmit', '-p', 'tsconfig.json'),
  architecture: () => onNode('depcruise', '--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'test', 'bench'),
  build: () => (build(), 0),
  jest: () => jest(...rest),
};
const plans = {
  build: ['build'],
  format: ['format'],
  lint: ['check format', 'lint', 'types', 'architecture'],
  test: rest.length > 0 ? ['jest'] : ['check format', 'lint', 'types', 'architecture', 'build', 'jest'],
};

const plan = plans[what];
if (!plan) {
  say(`Unknown: ${what}. Known: ${[...Object.keys(plans), ...Object.keys(commands)].join(', ')}`);
  process.exit(2);
}
const began = Date.now();
for (const [i, name] of plan.entries()) {
  const started = Date.now();
  say(`[${i + 1}/${plan.length}] ${name} …`);
  const status = steps[name]();
  say(
    `[${i + 1}/${plan.length}] ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
  if (status !== 0) process.exit(status);
}
say(`${what}: ok in ${((Date.now() - began) / 1000).toFixed(0)} s`);
