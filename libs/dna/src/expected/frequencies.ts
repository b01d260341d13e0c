import { readAllele, type Allele } from '../alleles.ts';
import { LOCI, type Locus } from '../loci.ts';
import { COUNTS, SAMPLE_ALLELES } from './counts.ts';

/** How often alleles occur in a population, by locus. */
export interface Frequencies {
  of(place: number, allele: Allele): number | null;
  /** Every allele of a locus with its frequency. */
  at(locus: Locus): readonly (readonly [Allele, number])[];
}

/** As rare as an allele may be taken to be, in a sample of `alleles`: five times seen. Usual for small samples. */
const LEAST_SEEN = 5;

/** Frequencies of counts as `counts.ts` has them: "14:42 15:51". */
export function frequenciesOf(counts: Readonly<Record<string, string>>, alleles: number): Frequencies {
  const byLocus = new Map(
    Object.entries(counts).map(([locus, text]) => [locus as Locus, frequenciesAt(locus as Locus, text, alleles)]),
  );
  return {
    of(place, allele) {
      const known = byLocus.get(LOCI[place]!);
      return known === undefined ? null : Math.max(known.get(allele) ?? 0, LEAST_SEEN / alleles);
    },
    at: (locus) => [...(byLocus.get(locus) ?? [])],
  };
}

function frequenciesAt(locus: Locus, text: string, alleles: number): Map<Allele, number> {
  return new Map(
    text.split(' ').map((entry) => {
      const [name, count] = entry.split(':') as [string, string];
      return [readAllele(locus, name)!, Number(count) / alleles] as const;
    }),
  );
}

export const DEFAULT_FREQUENCIES: Frequencies = frequenciesOf(COUNTS, SAMPLE_ALLELES);
