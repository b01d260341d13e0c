/** How long a locus' repeat is: it says which micro-variants lie beside each other. */
export type Repeat = 4 | 5;

/** The loci that profiles are compared by, and their order in a genotype: it may grow at its end. */
export const LOCI = [
  // The seven of the original European Standard Set.
  'vWA',
  'TH01',
  'D21S11',
  'FGA',
  'D8S1179',
  'D3S1358',
  'D18S51',
  // The others of 2008/616/JHA, annex, chapter 1.
  'TPOX',
  'CSF1PO',
  'D13S317',
  'D7S820',
  'D5S818',
  'D16S539',
  'D2S1338',
  'D19S433',
  'Penta D',
  'Penta E',
  'FES',
  'F13A1',
  'F13B',
  'SE33',
  'CD4',
  'GABA',
  // Taken into the European Standard Set in 2009, and what kits of today type as well.
  'D1S1656',
  'D2S441',
  'D10S1248',
  'D12S391',
  'D22S1045',
  'D6S1043',
  'LPL',
  'Penta C',
] as const;
export type Locus = (typeof LOCI)[number];

/** Of these a reference needs six. */
export const CORE: readonly Locus[] = LOCI.slice(0, 7);

const PENTANUCLEOTIDES: readonly Locus[] = ['Penta C', 'Penta D', 'Penta E', 'CD4'];

/** 2008/616/JHA names its pentanucleotides; "the rest of the loci are tetranucleotides". Penta C is one by its nature. */
export const repeatOf = (locus: Locus): Repeat => (PENTANUCLEOTIDES.includes(locus) ? 5 : 4);

const plain = (name: string): string => name.toUpperCase().replace(/[\s_-]/g, '');

const NAMES = new Map<string, Locus>([
  ...LOCI.map((locus) => [plain(locus), locus] as const),
  ['FESFPS', 'FES'],
  ['F13A01', 'F13A1'],
  ['CSF1P0', 'CSF1PO'],
  ['HUMTH01', 'TH01'],
  ['VWF', 'vWA'],
  ['ACTBP2', 'SE33'],
]);

/** The locus of a name as laboratories write it: `VWA`, `Penta_D`, `FES/FPS`. Null where it is none. */
export const locusNamed = (name: string): Locus | null => NAMES.get(plain(name.replace('/', ''))) ?? null;
