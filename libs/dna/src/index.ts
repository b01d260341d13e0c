export { LOCI, CORE, locusNamed, type Locus } from './loci.ts';
export { isMicroVariant, readAllele, written, type Allele } from './alleles.ts';
export { nameOf, profileOf, WIDTH, type Genotype, type Profile } from './genotype.ts';
export * from './read-profile.ts';
export * from './compare.ts';
export { ProfileIndex, type Found } from './search/profile-index.ts';
export { SearchEngine } from './search/search-engine.ts';
export { commonPlaces, matchProbability } from './expected/expected.ts';
export { DEFAULT_FREQUENCIES, frequenciesOf, type Frequencies } from './expected/frequencies.ts';
