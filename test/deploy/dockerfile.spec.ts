import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { read, ROOT } from './compose.ts';

interface Instruction {
  word: string;
  rest: string;
}

/** The Dockerfile's instructions, continued lines joined, comments left out. */
const instructions: Instruction[] = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .flatMap((line) => {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return word === undefined || rest === undefined ? [] : [{ word, rest }];
  });
const last = instructions.slice(instructions.findLastIndex(({ word }) => word === 'FROM'));
const ofLast = (word: string): string | undefined => last.findLast((one) => one.word === word)?.rest;

/** What .dockerignore lets in: it begins by letting nothing in. */
const letIn = read('.dockerignore')
  .split('\n')
  .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));

describe('the Dockerfile', () => {
  it('builds on the Node that everything else runs on', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } };
    const bases = instructions.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.split(' ')[0]);
    expect(new Set(bases)).toEqual(new Set([`node:${devDependencies.node}-slim`]));
  });

  it('copies what there is, and what .dockerignore lets in', () => {
    const copied = instructions
      .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from='))
      .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) expect({ path, there: existsSync(join(ROOT, path)) }).toEqual({ path, there: true });
    expect([...new Set(copied)].sort()).toEqual([...letIn].sort());
    expect(read('.dockerignore')).toMatch(/^\*$/m);
  });

  it('copies from its stages what they make', () => {
    const from = last.filter(({ rest }) => rest.startsWith('--from=')).map(({ rest }) => rest);
    expect(from).toEqual(['--from=dependencies /app/node_modules node_modules', '--from=build /app/dist dist']);
    const lines = instructions.map(({ word, rest }) => `${word} ${rest}`);
    expect(lines.some((line) => /^RUN npm ci --omit=dev\b/.test(line))).toBe(true);
    expect(lines.some((line) => /^RUN npm run build\b/.test(line))).toBe(true);
  });

  it('leaves no secret in a layer', () => {
    const set = instructions.filter(({ word }) => word === 'ENV' || word === 'ARG').map(({ rest }) => rest);
    expect(set.join(' ')).not.toMatch(/PASSWORD|SECRET|TOKEN|KEY/i);
    expect(letIn.filter((path) => path.startsWith('.') || path.includes('.env'))).toEqual([]);
  });

  it('runs as nobody in particular, tells its health, and starts Node itself', () => {
    expect(ofLast('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(ofLast('HEALTHCHECK')).toContain('/health');
    expect(JSON.parse(ofLast('ENTRYPOINT')!)).toEqual(['node', '--disable-warning=TimeoutNegativeWarning']);
    const [main] = JSON.parse(ofLast('CMD')!) as [string];
    expect(existsSync(join(ROOT, main.replace(/^dist\/(.*)\.js$/, '$1.ts')))).toBe(true);
  });
});
