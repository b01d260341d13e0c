import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  commonPlaces,
  genotypeOf,
  locusNamed,
  matchProbability,
  ProfileIndex,
  readProfile,
  type Genotype,
  type Profile,
} from '#dna';
import { nistStr } from '../../apps/accord/src/formats/nist-str.ts';
import { cellsOf } from '../../apps/accord/src/formats/format.ts';

const file = join(process.env['ACCORD_DATA'] ?? '', 'nist-1036-genotypes.csv');
const here = process.env['ACCORD_DATA'] !== undefined && existsSync(file);
if (!here) console.warn("SKIPPED: NIST's genotypes aren't here; ACCORD_DATA names the directory that holds them.");

interface Sample {
  reference: string;
  profile: Profile;
  genotype: Genotype;
}

const readSample = (line: string, columns: string[], row: number): Sample => {
  const mapped = nistStr.map(line, undefined, { columns, row }) as { body: string };
  const body = JSON.parse(mapped.body) as { reference: string; kind: 'reference'; loci: Record<string, string[]> };
  const read = readProfile(body);
  if ('fault' in read) throw new Error(`${row}: ${read.fault.code} at ${read.fault.path}`);
  return { reference: body.reference, profile: read.profile, genotype: genotypeOf(read.profile) };
};

(here ? describe : describe.skip)('the 1,036 real genotypes, as references of two members by turns', () => {
  let samples: Sample[];
  const members = [new ProfileIndex(), new ProfileIndex()] as const;

  beforeAll(() => {
    const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
    samples = lines.map((line, n) => readSample(line, cellsOf(head!), n + 1));
    for (const [n, { genotype }] of samples.entries()) members[n % 2]!.add(n, genotype);
  });
  const holderOf = (n: number) => members[n % 2]!;

  it('are all taken, with every locus of the file', () => {
    expect(samples).toHaveLength(1036);
    expect(samples.filter(({ profile }) => Object.keys(profile.loci).length < 28)).toEqual([]);
    for (const name of ['Penta_C', 'F13A01', 'FESFPS', 'SE33']) expect(locusNamed(name)).not.toBeNull();
  });

  it('do not meet each other beyond what is to be expected by chance', () => {
    let [expected, met] = [0, 0];
    for (const [n, { genotype }] of samples.entries()) {
      const other = members[(n + 1) % 2]!;
      met += other.search(genotype).length;
      expected += other.size * matchProbability(genotype, commonPlaces(genotype, genotype), 4);
    }
    console.log(`dna: ${met} between different samples, ${expected.toPrecision(2)} expected`);
    expect(met).toBeLessThanOrEqual(Math.round(expected));
    expect(expected).toBeLessThan(1e-9);
  });

  it.each<[string, number, (profile: Profile) => [string, string]]>([
    ['unchanged', 1, ({ loci }) => loci.vWA!],
    ['with a wildcard', 2, ({ loci }) => [loci.vWA![0], '*']],
    ['with a micro-variant', 3, ({ loci }) => [loci.vWA![0], `${loci.vWA![1]}.1`]],
    ['with another allele', 4, ({ loci }) => [loci.vWA![0], String(Number(loci.vWA![1]) + 30)]],
  ])('are found when they are handed in as traces by the other member, %s', (_, quality, vWA) => {
    for (const [n, { profile, reference }] of samples.entries()) {
      const trace = readProfile({ kind: 'trace', loci: { ...profile.loci, vWA: vWA(profile) } });
      if ('fault' in trace) throw new Error(`${reference}: ${trace.fault.code}`);
      const found = holderOf(n).search(genotypeOf(trace.profile));
      expect(found).toMatchObject([{ key: n, quality }]);
    }
  });
});
