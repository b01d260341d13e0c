import { cellsOf, type Around, type Format, type Mapped, type Release } from './format.ts';

const KINDS = ['reference', 'trace'] as const;

/** Two columns a locus: `vWA_1`, `vWA_2`; of `Penta_D_1` the locus is Penta_D. */
const COLUMN = /^(.+)_([12])$/;

function lociOf(columns: readonly string[], cells: readonly string[]): Record<string, string[]> {
  const loci: Record<string, string[]> = {};
  for (const [n, column] of columns.entries()) {
    const [, locus] = COLUMN.exec(column) ?? [];
    const value = cells[n] ?? '';
    if (locus !== undefined && value !== '') (loci[locus] ??= []).push(value);
  }
  return loci;
}

/** Genotypes as NIST publishes its population samples: a sample a row, two columns a locus. The sample is the reference. */
export const nistStr = {
  name: 'nist-str',
  description: 'CSV of STR genotypes, a sample a row: DNA profiles. --kind reference (unless said) or trace',
  path: '/v1/dna/profiles',
  table: true,
  needs: ['Sample'],
  kinds: KINDS,
  map(line: string, release: Release | undefined, { columns, row, kind = KINDS[0], rows }: Around): Mapped {
    if (rows !== undefined && (row % 2 === 1) !== (rows === 'odd')) return null;
    const cells = cellsOf(line);
    const reference = cells[columns.indexOf('Sample')] ?? '';
    if (reference === '')
      return {
        errors: [{ path: '/Sample', rule: 'required', message: 'A row names its sample in the column Sample.' }],
      };
    return { body: JSON.stringify({ reference, kind, loci: lociOf(columns, cells), ...(release && { release }) }) };
  },
} satisfies Format;
