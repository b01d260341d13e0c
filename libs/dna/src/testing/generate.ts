import { ABSENT, AMELOGENIN, WILDCARD, type Allele } from '../alleles.ts';
import { DEFAULT_FREQUENCIES } from '../expected/frequencies.ts';
import { emptyGenotype, setPair, type Genotype } from '../genotype.ts';
import { CORE, LOCI, type Locus } from '../loci.ts';

/** 0 ≤ x < 1. */
export type Chance = () => number;

const TYPED = LOCI.filter((locus) => DEFAULT_FREQUENCIES.at(locus).length > 0);
const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;

function alleleAt(chance: Chance, locus: Locus): Allele {
  let left = chance();
  const all = DEFAULT_FREQUENCIES.at(locus);
  return (all.find(([, frequency]) => (left -= frequency) < 0) ?? all[0]!)[0];
}

/** A made-up person's profile: the seven core loci, and most of the others that have frequencies. */
export function person(chance: Chance): Genotype {
  const genotype = emptyGenotype();
  for (const locus of TYPED) {
    const pair: [Allele, Allele] = [alleleAt(chance, locus), alleleAt(chance, locus)];
    if (CORE.includes(locus) || chance() < 0.8) setPair(genotype, LOCI.indexOf(locus), pair);
  }
  setPair(genotype, AMELOGENIN, chance() < 0.5 ? [2, 2] : [2, 3]);
  return genotype;
}

/** The same with something changed: an allele to a wildcard, a neighbour or another one; a locus lost. */
export function changed(chance: Chance, genotype: Genotype): Genotype {
  const copy = genotype.slice();
  const place = pick(
    chance,
    [...LOCI.keys(), AMELOGENIN].filter((at) => copy[2 * at] !== ABSENT),
  );
  const [first, second] = [copy[2 * place]!, copy[2 * place + 1]!];
  const kept = chance() < 0.5 ? first : second;
  const other = kept === first ? second : first;
  if (place === AMELOGENIN) setPair(copy, place, [2, pick(chance, [2, 3, WILDCARD])]);
  else if (chance() < 0.2) copy.fill(ABSENT, 2 * place, 2 * place + 2);
  else setPair(copy, place, [kept, pick(chance, [WILDCARD, other + 1, other + 10, Math.max(20, other - 7)])]);
  return copy;
}
