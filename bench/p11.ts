import { consultations } from './audit/readers.ts';
import { signing } from './audit/signing.ts';
import { worstOf, type Bench, type Context } from './bench.ts';

export const bench: Bench = {
  id: 'P11',
  title: 'what proof costs: share of an append, and of the reads that could be answered',
  goal: { atMost: 0.15 },
  async run(context: Context) {
    const parts = {
      'placing, hashing, signing ÷ append of 500': await signing.batches(context),
      'placing, hashing, signing ÷ append of one': await signing.singly(context),
      'the same of 500, each envelope read again as others will': await signing.checked(context),
      'consultation log, of list reads by 32 readers': await consultations(context),
    };
    const note = 'the baseline of signing is the append alone, that of the log the same reads with its write left out';
    return worstOf(parts, bench.goal, note);
  },
};
