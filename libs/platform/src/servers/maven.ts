import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where this lies, whether it runs from sources or from dist/. */
function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'deploy'))) return folder;
  if (dirname(folder) === folder) throw new Error("Accord's own directory, with deploy/, was not found");
  return rootAbove(dirname(folder));
}

const root = rootAbove(import.meta.dirname);
const CACHE = join(root, 'node_modules/.cache');

/** The folder of a server's configuration, which compose mounts, too. */
export const deployed = (server: string): string => join(root, 'deploy', server);

/**
 * The folder of a server's files, fetched the first time by a goal of Maven's dependency plugin on deploy/<server>/pom.xml.
 * `server` is "kafka" of "kafka-4.1.1". Throws where there is no Java 17 or no Maven.
 */
export async function fetchedByMaven(versioned: string, goal: string, signal?: AbortSignal): Promise<string> {
  const server = versioned.replace(/-[\d.]+$/, '');
  await needJava(server);
  const folder = join(CACHE, versioned);
  if (existsSync(folder)) return folder;
  const making = `${folder}.${process.pid}`;
  mkdirSync(CACHE, { recursive: true });
  const args = ['-q', '-B', '-f', join(deployed(server), 'pom.xml'), `dependency:${goal}`];
  try {
    // It marks what it unpacked, and would not do it again for another folder.
    await run('mvn', [...args, `-DoutputDirectory=${making}`, `-DmarkersDirectory=${making}/markers`], { signal });
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(folder))
      throw new Error(`Maven cannot fetch ${server}: ${(error as Error).message.split('\n')[0]}`);
  }
  return folder;
}

async function needJava(server: string): Promise<void> {
  const { stderr } = await run('java', ['-version']).catch(() => ({ stderr: '' }));
  const version = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (version < 17) throw new Error(version === 0 ? 'no java on the PATH' : `java is ${version}, ${server} needs 17`);
}
