import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export interface Mount {
  type: string;
  source: string;
  target: string;
  read_only?: boolean;
  volume?: { subpath: string };
}

export interface ComposeService {
  image: string;
  build?: string;
  user?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | number>;
  volumes?: (Mount | string)[];
  ports?: string[];
  networks?: string[] | Record<string, { aliases?: string[] }>;
  depends_on?: Record<string, { condition: string; required?: boolean }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  cap_drop?: string[];
  security_opt?: string[];
  read_only?: boolean;
  restart?: string;
  profiles?: string[];
}

export interface Compose {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
  secrets: Record<string, { environment: string }>;
}

/** A YAML file, its merges done. */
export const readYaml = <T>(path: string): T => parse(read(path), { merge: true, maxAliasCount: -1 }) as T;

/** `${NAME}`, `${NAME:-default}`, `${NAME:?why}` and `$$`: the forms that the compose file may use. */
const VARIABLE = /\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g;

/** Every variable that a text takes from the environment. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(VARIABLE)].flatMap(([, name]) => name ?? [])),
];

const interpolated = (text: string, env: Record<string, string>): string =>
  text.replace(VARIABLE, (found, name: string | undefined, how: string | undefined, rest = '') => {
    if (name === undefined) return '$';
    if (env[name]) return env[name];
    if (how === '?') throw new Error(`${name}: ${rest}`);
    if (how === '-') return rest;
    throw new Error(`${found} has neither a value nor a default`);
  });

const everywhere = (value: unknown, env: Record<string, string>): unknown => {
  if (typeof value === 'string') return interpolated(value, env);
  if (Array.isArray(value)) return value.map((one) => everywhere(one, env));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, everywhere(one, env)]));
};

/** The compose file as it stands for an environment. Throws where that lacks what is required. */
export const composeWith = (env: Record<string, string>): Compose =>
  everywhere(readYaml('docker-compose.yml'), env) as Compose;

/** What a .env file sets. */
export const dotenv = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));

/** What `node deploy/env.mjs > .env` makes of .env.example. */
export const generatedEnv = (): Record<string, string> =>
  dotenv(execFileSync(process.execPath, [join(ROOT, 'deploy/env.mjs')], { encoding: 'utf8' }));

/** A mount in its long form. */
export const mountsOf = (service: ComposeService): Mount[] =>
  (service.volumes ?? []).map((mount) => {
    if (typeof mount !== 'string') return mount;
    const [source, target] = mount.split(':') as [string, string];
    return { type: 'volume', source, target };
  });

/** What a service is told, as the strings that a process is given. */
export const environmentIn = (service: ComposeService): Record<string, string> =>
  Object.fromEntries(Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]));
