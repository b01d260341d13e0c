import { innerTable, snapshotTable } from '../records/tables.ts';
import { snapshots, type View } from '../records/view.ts';
import { profileRows, wordRows } from './dna.projection.ts';
import { matchProfiles } from './dna.settle.ts';

const OWN_WITH_HITS = `t.originator = current_setting('accord.member', true)
  and exists (select from views.dna_hits h where h.record = t.record)`;
const HITS_TOLD = `t.version || ' ' || (
  select md5(string_agg(h.hit || coalesce((select string_agg(w.record::text, ',') from views.dna_said(array[h.hit]) w), ''),
    ',' order by h.hit, h.other))
  from views.dna_hits h where h.record = t.record)`;

export const dnaView: View = {
  name: 'dna',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    snapshotTable('dna_profiles', { reference: 'text', kind: 'text', profile: 'jsonb' }),
    // Filled when profiles are settled; here for what goes with them, and for a replay to compare.
    innerTable(
      'dna_hits',
      { other: 'uuid', hit: 'uuid', quality: 'smallint', matched: 'smallint' },
      { key: ['other'] },
    ),
    innerTable('dna_words', { hit: 'uuid', kind: 'text', at: 'timestamptz', detail: 'jsonb' }),
  ],
  projections: {
    ...snapshots('dna', ['accord.dna.profile-released.v1'], profileRows),
    'accord.dna.hit-confirmed.v1': { kind: 'dna-word', rows: wordRows('confirmed') },
    'accord.dna.hit-dismissed.v1': { kind: 'dna-word', rows: wordRows('dismissed') },
    'accord.dna.data-requested.v1': { kind: 'dna-word', rows: wordRows('data-requested') },
    'accord.dna.data-sent.v1': { kind: 'dna-word', rows: wordRows('data-sent') },
    'accord.dna.data-refused.v1': { kind: 'dna-word', rows: wordRows('data-refused') },
  },
  voids: [
    {
      kinds: ['dna-word'],
      sql: `select w.record, w.hit as target, w.at from views.dna_words w
        where w.originator = $1 and not views.dna_counts(w.record)`,
    },
  ],
  // What lists show of profiles are their hits: an own profile has news when it meets another, and when something is said
  // of that.
  feeds: [{ kind: 'dna', table: 'dna_profiles', version: HITS_TOLD, where: OWN_WITH_HITS }],
  settle: matchProfiles,
};
