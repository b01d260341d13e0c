// What the scripts share. Plain JavaScript without dependencies: it runs on any Node >= 20, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, cpSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
/** The pinned runtime, installed by npm as any other dependency. */
export const pinnedNode = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
export const bin = (name) => at('node_modules', '.bin', name);

const mtime = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);
/** Progress goes to stderr: stdout belongs to the command. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Runs a command to its end, output passed through; ends this process with its status where it fails. */
export const run = (command, args, options = {}) => {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) say(`${command}: ${result.error.message}`);
  return result.status ?? 1;
};

const orExit = (status) => {
  if (status !== 0) process.exit(status);
};

/** Installs what the lock file names, where that hasn't been done since the lock file changed. */
export const ensureInstalled = () => {
  if (existsSync(pinnedNode) && mtime(at('node_modules', '.package-lock.json')) >= mtime(at('package-lock.json')))
    return;
  say('Accord: installing dependencies (npm ci), once …');
  orExit(
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    }),
  );
};

const sources = ['apps', 'libs'];
function* filesBelow(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}
const newestSource = () => {
  let newest = Math.max(mtime(at('package.json')), mtime(at('tsconfig.json')), mtime(at('tsconfig.build.json')));
  for (const dir of sources) for (const path of filesBelow(at(dir))) newest = Math.max(newest, mtime(path));
  return newest;
};

/** Builds dist/ where a source is newer than it. */
export const ensureBuilt = () => {
  ensureInstalled();
  if (mtime(at('dist', '.built')) >= newestSource()) return;
  build();
};

export const build = () => {
  say('Accord: building …');
  const started = Date.now();
  orExit(run(pinnedNode, [bin('nest'), 'build', 'accord'], { stdio: ['ignore', 2, 2] }));
  // SQL, and what goes out as it is, stand in files of their own, which the compiler doesn't copy.
  for (const dir of sources) {
    for (const path of filesBelow(at(dir))) {
      if (!/\.(sql|mjs)$/.test(path) && !(path.endsWith('.json') && !path.endsWith('tsconfig.app.json'))) continue;
      const target = at('dist', relative(root, path));
      mkdirSync(dirname(target), { recursive: true });
      cpSync(path, target);
    }
  }
  writeFileSync(at('dist', '.built'), '');
  say(`Accord: built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
};

/** Hands over to a script on the pinned Node; signals are passed on, and the child ends when this process does. */
export const handOver = (args) => {
  const child = spawn(pinnedNode, args, { cwd: process.cwd(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
};
