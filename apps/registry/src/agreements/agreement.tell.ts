import { schemaUri, type Envelope } from '#contracts';
import type { Aggregate } from '../aggregate/fold.ts';
import { agreementSnapshot, evolveAgreement, noAgreement, type Agreement, type AgreementEvent } from './agreement.ts';

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
    data: { ...event.data, ...agreementSnapshot(after) },
  };
}
