#!/usr/bin/env node
// `npx accord …` and `npm start`: installs and builds what is missing, then runs the CLI on the pinned Node.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, handOver, root } from '../scripts/house.mjs';

ensureBuilt();
// npm passes a signal on to its shell only, which dies and tells nobody: what it started would go on alone.
const launcher = process.ppid;
if (process.env.npm_lifecycle_event !== undefined)
  setInterval(() => process.ppid === launcher || process.kill(process.pid, 'SIGTERM'), 500).unref();
const main = join(root, 'dist', 'apps', 'accord', 'src', 'main.js');
const onPinned = process.versions.node.startsWith('24.') && Number(process.versions.node.split('.')[1]) >= 9;
if (onPinned) await import(pathToFileURL(main).href);
else handOver([main, ...process.argv.slice(2)]);
