import { innerTable, snapshotTable } from '../records/tables.ts';
import { snapshots, type View } from '../records/view.ts';
import { profileRows, wordRows } from './dna.projection.ts';
import { RESULT_SOURCES } from './dna.results.ts';
import { fillSearch, matchProfiles } from './dna.settle.ts';
import { hitId } from './hit-id.ts';
import { profilesSpokenOf, settleHits } from './hits.settle.ts';

/** Own profiles that meet others, each with what tells one state of its hits from another. */
const NEWS = `join (
  select h.record, md5(string_agg(h.hit || coalesce(s.said, ''), ',' order by h.hit)) as told
  from views.dna_shared(null) h join views.dna_profiles o on o.record = h.other
  left join (select hit, string_agg(record::text, ',' order by record) as said from views.dna_said(null) group by hit) s
    on s.hit = h.hit
  group by h.record) n on n.record = t.record`;

const profiles = snapshotTable('dna_profiles', { reference: 'text', kind: 'text', profile: 'jsonb' });

export const dnaView: View = {
  name: 'dna',
  script: new URL('./schema.sql', import.meta.url),
  tables: [
    { ...profiles, mirrors: { ...profiles.mirrors, contested: 'contested' } },
    // Filled when profiles are settled; here for what goes with them, and for a replay to compare.
    innerTable(
      'dna_hits',
      { other: 'uuid', hit: 'uuid', quality: 'smallint', matched: 'smallint', at: 'timestamptz' },
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
  asides: [{ kind: 'dna-word', table: 'dna_words', about: 'hit', category: 'dna', made: hitId }],
  voids: [
    {
      kinds: ['dna-word'],
      sql: `select w.record, w.hit as target, w.at from views.dna_words w
        where w.originator = $1 and not exists (select from views.dna_counted c where c.record = w.record)`,
    },
  ],
  // What lists show of profiles are their hits: an own profile has news when it meets another, and when something is said
  // of that.
  feeds: [{ kind: 'dna', table: 'dna_profiles', version: `t.version || ' ' || n.told`, join: NEWS, own: true }],
  results: RESULT_SOURCES,
  settle: async (sql, schema, records) => {
    await matchProfiles(sql, schema, records);
    await settleHits(sql, schema, records);
  },
  touched: profilesSpokenOf,
  prepare: fillSearch,
  companions: ['dna'],
};
