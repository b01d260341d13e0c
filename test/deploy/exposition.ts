export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** One metric of a /metrics answer. */
export interface Family {
  type: string;
  samples: Sample[];
}

const SAMPLE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const LABEL = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"/gi;
const SUFFIX = /_(bucket|sum|count)$/;

const sampleOf = (line: string): Sample => {
  const [, name = '', labels = '', value] = SAMPLE.exec(line) ?? [];
  const named = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text] as const);
  return { name, labels: Object.fromEntries(named), value: Number(value) };
};

/** Reads Prometheus' text format. Throws at a line that is of no family. */
export const readExposition = (text: string): Map<string, Family> => {
  const lines = text.split('\n').filter((line) => line !== '');
  const types = lines.flatMap((line) => [...line.matchAll(/^# TYPE (\S+) (\S+)$/g)]);
  const families = new Map(types.map(([, name = '', type = '']): [string, Family] => [name, { type, samples: [] }]));
  for (const sample of lines.filter((line) => !line.startsWith('#')).map(sampleOf)) {
    const family = families.get(sample.name) ?? families.get(sample.name.replace(SUFFIX, ''));
    if (!family) throw new Error(`Not of a family: ${sample.name}`);
    family.samples.push(sample);
  }
  return families;
};

/** The names under which a family can be asked for. */
export const namesOf = (name: string, { type }: Family): string[] =>
  type === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name];
