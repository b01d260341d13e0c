import { schemaUri, type Envelope } from '#contracts';
import type { Aggregate } from '../aggregate/fold.ts';
import {
  agreementSnapshot,
  evolveAgreement,
  noAgreement,
  revisionOf,
  type Agreement,
  type AgreementEvent,
  type KnownAgreement,
} from './agreement.ts';

export const AGREEMENTS_SOURCE = '/registry/agreements';

/** Every fact about an agreement leaves the registry, on a source that the joint views alone read. */
export const agreementAggregate: Aggregate<Agreement, AgreementEvent> = {
  prefix: 'agreement-',
  initial: noAgreement,
  evolve: evolveAgreement,
  tell,
};

function tell(event: AgreementEvent, after: Agreement, { id, at }: { id: string; at: string }): Envelope {
  if (after.state === 'none') throw new Error(`${event.type} left no agreement`);
  const type = `accord.registry.${event.type}`;
  return {
    specversion: '1.0',
    id,
    source: AGREEMENTS_SOURCE,
    type,
    subject: after.id,
    time: at,
    dataschema: schemaUri(type),
    datacontenttype: 'application/json',
    data: { ...saidBy(event, after), ...agreementSnapshot(after) },
  };
}

/** Events of an amendment tell, beside the terms that hold, those that are to take their place. */
function saidBy({ data }: AgreementEvent, after: KnownAgreement): object {
  if (!('revision' in data)) return data;
  const reason = 'reason' in data && data.reason !== undefined ? { reason: data.reason } : {};
  return { by: data.by, ...reason, ...revisionOf(after) };
}
