import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RequestMethod } from '@nestjs/common';
import { NODE_MODULES } from '../../apps/member-node/src/modules.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const read = (path: string): string => readFileSync(ROOT + path, 'utf8');

/** What users read. ADRs are of their time, and not kept up. */
export const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/*.md', { cwd: ROOT }).sort()];

/** All first groups of a pattern in a text, each once. */
export const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, group]) => group!)),
];

/** `GET /v1/reports/{}` for each route that a controller declares, whatever its parameters are called. */
export const routes = (): Set<string> => {
  const written = globSync('{apps,libs}/*/src/**/*.controller.ts', { cwd: ROOT }).flatMap((path) =>
    routesOf(read(path)),
  );
  return new Set([...written, ...NODE_MODULES.flatMap(({ nest }) => routesMadeFor(nest))]);
};

/** Of controllers that are made from what a system says of itself, and stand written nowhere. */
const routesMadeFor = (nest: object): string[] =>
  ((Reflect.getMetadata('controllers', nest) ?? []) as { prototype: Record<string, object> }[]).flatMap(
    (controller) => {
      const base = Reflect.getMetadata('path', controller) as string;
      const methods = Object.getOwnPropertyNames(controller.prototype).map((name) => controller.prototype[name]!);
      return methods.flatMap((method) => {
        const path = Reflect.getMetadata('path', method) as string | undefined;
        if (path === undefined) return [];
        const verb = RequestMethod[Reflect.getMetadata('method', method) as RequestMethod];
        return [routeOf(verb, `/${[base, path].filter((part) => part !== '/').join('/')}`)];
      });
    },
  );

const routesOf = (source: string): string[] => {
  const base = /@Controller\((?:'([^']*)')?\)/.exec(source)?.[1] ?? '';
  return [...source.matchAll(/@(Get|Post|Put|Delete)\((?:'([^']*)')?\)/g)].map(([, method, path = '']) =>
    routeOf(method!.toUpperCase(), `/${[base, path].filter((part) => part !== '').join('/')}`),
  );
};

/** A route as pages or controllers write it, in one form. `::` is Nest's way to write a colon. */
export const routeOf = (method: string, path: string): string =>
  `${method} ${path.replace('::', ':').replace(/\/(?::\w+|\{\w+\})/g, '/{}')}`;
