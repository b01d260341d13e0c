import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { PROBLEM_CODES } from '#contracts';
import { found, PAGES, read, ROOT, routeOf, routes } from './pages.ts';

/** A problem's code, as pages write it: `report.recalled`. */
const DOMAIN_CODE = /`((?:grading|entity|audience|report|member|issuer|key|agreement|replay|resume)\.(?!ts`)[a-z-]+)`/g;

/** The command line's commands by name, each with the options that it takes. */
const commands = async (): Promise<Map<string, Set<string>>> => {
  const files = globSync('apps/accord/src/cli/*.command.ts', { cwd: ROOT });
  const modules = await Promise.all(files.map((file) => import(ROOT + file) as Promise<Record<string, () => Command>>));
  const made = modules.flatMap((module) =>
    Object.entries(module)
      .filter(([name]) => name.endsWith('Command'))
      .map(([, make]) => make()),
  );
  return new Map(
    made.map((command) => {
      const options = [command, ...command.commands].flatMap((one) => one.options.map(({ long }) => long!));
      return [command.name(), new Set([...options, '--help'])];
    }),
  );
};

/** Every use of the command line in a page: its command and its options. */
const uses = (page: string): { command: string; options: string[] }[] =>
  [...read(page).matchAll(/(?:npx accord|`accord|bin\/accord\.mjs) ([a-z-]+)((?: +[^`\n|;)]*)?)/g)].map(
    ([, command, rest]) => ({ command: command!, options: found(rest!, /(--[a-z-]+)/g) }),
  );

describe.each(PAGES)('%s', (page) => {
  it('names npm scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = found(read(page), /npm run ([a-z:-]+)/g);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names commands and options that the command line has', async () => {
    const known = await commands();
    const wrong = uses(page).flatMap(({ command, options }) =>
      known.has(command)
        ? options.filter((option) => !known.get(command)!.has(option)).map((option) => `${command} ${option}`)
        : [command],
    );
    const ofAny = new Set([...known.values()].flatMap((options) => [...options]));
    const alone = found(read(page), /`(--[a-z-]+)/g).filter((option) => !ofAny.has(option));
    expect([...wrong, ...alone]).toEqual([]);
  });

  it('names paths that there are', () => {
    const text = read(page);
    const inTheHouse = found(text, /`((?:apps|libs|test|docs|seeds|deploy|scripts|bin)\/[^`<>… ]*)`/g);
    const folders = found(text, /^\| `([\w./-]+\/)` \|/gm);
    const linked = found(text, /\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g).map((link) => join(dirname(page), link));
    const missing = [...inTheHouse.filter((path) => !path.includes('*')), ...folders, ...linked].filter(
      (path) => !existsSync(ROOT + path),
    );
    expect(missing).toEqual([]);
  });

  it('names endpoints that a service has', () => {
    const known = routes();
    const named = [...read(page).matchAll(/`(GET|POST|PUT|DELETE) (\/v1\/[\w/{}:-]+)/g)].map(([, method, path]) =>
      routeOf(method!, path!),
    );
    expect(named.filter((route) => !known.has(route))).toEqual([]);
  });

  it('names codes that a problem can have', () => {
    const named = found(read(page), DOMAIN_CODE);
    expect(named.filter((code) => !Object.hasOwn(PROBLEM_CODES, code))).toEqual([]);
  });
});

describe('the endpoints of the guides', () => {
  it('are found at all, so that the checks above check something', () => {
    expect(routes()).toContain('POST /v1/reports:batch');
    expect(routes()).toContain('GET /v1/reports/{}/history');
    expect(uses('README.md').length).toBeGreaterThan(10);
  });
});
