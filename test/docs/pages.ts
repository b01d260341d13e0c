import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const read = (path: string): string => readFileSync(ROOT + path, 'utf8');

/** What users read. ADRs are of their time, and not kept up. */
export const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md', { cwd: ROOT }).sort()];

/** All first groups of a pattern in a text, each once. */
export const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, group]) => group!)),
];

/** `GET /v1/reports/{}` for each route that a controller declares, whatever its parameters are called. */
export const routes = (): Set<string> =>
  new Set(globSync('{apps,libs}/*/src/**/*.controller.ts', { cwd: ROOT }).flatMap((path) => routesOf(read(path))));

const routesOf = (source: string): string[] => {
  const base = /@Controller\((?:'([^']*)')?\)/.exec(source)?.[1] ?? '';
  return [...source.matchAll(/@(Get|Post|Put|Delete)\((?:'([^']*)')?\)/g)].map(([, method, path = '']) =>
    routeOf(method!.toUpperCase(), `/${[base, path].filter((part) => part !== '').join('/')}`),
  );
};

/** A route as pages or controllers write it, in one form. `::` is Nest's way to write a colon. */
export const routeOf = (method: string, path: string): string =>
  `${method} ${path.replace('::', ':').replace(/\/(?::\w+|\{\w+\})/g, '/{}')}`;
