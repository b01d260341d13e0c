import type { Agreement, AccessRecord } from '#access-policy';
import { RECORD_STATES } from '#contracts';
import { isRevokedAt } from '../../apps/joint-views/src/intake/signing.ts';
import { fold, settled, unfolded } from '../../apps/joint-views/src/records/fold.ts';
import type { Change } from '../../apps/joint-views/src/records/record.ts';
import { decideAgreement, type AgreementCommand } from '../../apps/registry/src/agreements/agreement.decide.ts';
import {
  agreementSnapshot,
  foldAgreement,
  type AgreementEvent,
  type KnownAgreement,
} from '../../apps/registry/src/agreements/agreement.ts';
import type { Amendment, Word } from './history.ts';
import type { World, WorldRecord } from './world.ts';

const text = (time: number): string => new Date(time).toISOString();

/** What the product makes of a world's history: agreements as the registry tells them, records as the views fold them. */
export function asKnown(world: World): { agreements: Agreement[]; records: WorldRecord[] } {
  return {
    agreements: world.agreements.map((one) => asTold(one, world.history.amendments[one.id] ?? [])),
    records: world.records.flatMap((record) => asFolded(record, world) ?? []),
  };
}

function asTold(agreement: Agreement, amendments: readonly Amendment[]): Agreement {
  if (amendments.length === 0) return agreement;
  const { id, parties, inForceSince } = agreement;
  const by = parties[0]!;
  const terms = { title: 'First', parties: [...parties], onward: false, ...termsOf(agreement) };
  const events: AgreementEvent[] = [
    { type: 'agreement-drafted.v1', data: { by, id, ...terms } },
    { type: 'agreement-entered-into-force.v1', data: { by, inForceSince: text(inForceSince!) } },
  ];
  const say = (speaker: string, command: AgreementCommand) => {
    const who = { by: speaker, at: text(inForceSince!), actives: parties, members: parties };
    events.push(...decideAgreement(foldAgreement(events), command, who));
  };
  for (const [n, one] of amendments.entries()) amend(say, one, { by, revision: n + 2 });
  if (agreement.state !== 'in-force') say(by, { command: agreement.state === 'suspended' ? 'suspend' : 'terminate' });
  const after = agreementSnapshot(foldAgreement(events) as KnownAgreement);
  return {
    ...{ id, parties: after.parties, categories: after.categories, purposes: after.purposes, state: after.state },
    validFrom: Date.parse(after.validFrom),
    validTo: after.validTo === null ? null : Date.parse(after.validTo),
    inForceSince: Date.parse(after.inForceSince!),
  };
}

function amend(
  say: (speaker: string, command: AgreementCommand) => void,
  amendment: Amendment,
  { by, revision }: { by: string; revision: number },
): void {
  say(by, { command: 'amend', changes: { title: `Revision ${revision}`, ...termsOf(amendment) } });
  for (const party of amendment.signedBy) say(party, { command: 'sign-amendment', revision });
  if (amendment.declined) say(by, { command: 'decline-amendment', revision });
}

const termsOf = ({ categories, purposes, validFrom, validTo }: Omit<Amendment, 'signedBy' | 'declined'>) => ({
  categories: [...categories],
  purposes: [...purposes],
  validFrom: text(validFrom),
  validTo: validTo === null ? null : text(validTo),
});

/** Undefined: nothing that counts ever made it. */
function asFolded(record: WorldRecord, { history }: World): WorldRecord | undefined {
  const revokedFrom = history.revokedFrom[record.originator];
  const keys = revokedFrom === undefined ? [] : [{ kid: 'old', jwk: {} as never, from: 1, until: revokedFrom }];
  const changes = history.words[record.id]!.map((word): Change => {
    const said = { record: record.id, sequence: word.sequence, event: record.id, at: text(word.sequence) };
    return isRevokedAt(word.sequence, word.key, keys) ? { ...said, change: 'doubt' } : changeOf(record, word, said);
  });
  const state = settled(changes.reduce(fold, unfolded(record.originator, null, false)));
  if (!state) return undefined;
  const { audience, shield, withheld } = state;
  const reviewBy = state.state === RECORD_STATES.indexOf('erased') ? Date.parse(state.reviewBy) : record.reviewBy;
  return { ...record, audience, shield, withheld, reviewBy, state: RECORD_STATES[state.state]! };
}

const ENDS = { recalled: 'recall', expired: 'expire', erased: 'erase' } as const;

function changeOf(
  record: AccessRecord,
  word: Word,
  said: Pick<Change, 'record' | 'sequence' | 'event' | 'at'>,
): Change {
  if (word.says === 'backfill') return { ...said, change: 'extend', audience: word.members };
  if (word.says === 'reshield') return { ...said, change: 'reshield', shield: [word.country] };
  if (word.says === 'poison') return { ...said, change: 'poison', reason: 'invalid-content' };
  if (word.says !== 'release') return { ...said, change: ENDS[word.says] };
  const access = {
    ...{ category: record.category, purposes: [...record.purposes], audience: [...word.audience], taskforce: true },
    ...{ registrysequence: 1, classification: record.classification, handlingcodes: [...record.handlingCodes] },
    ...{ releasedat: said.at, reviewby: '2028-05-15' },
  };
  return { ...said, change: 'put', kind: 'report', access, content: { shield: record.shield, rows: {} } };
}
