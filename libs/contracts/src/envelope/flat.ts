import type { Category, Classification, HandlingCode, Purpose } from '../codes/access.ts';
import { parseList, type Flat } from './attributes.ts';
import type { AccessAttributes, Envelope } from './envelope.ts';
import { InvalidEnvelope } from './invalid.ts';

/** The envelope's attributes in the order in which they are written; what is absent is undefined, so JSON leaves it out. */
export function flatten(envelope: Envelope): Flat {
  return {
    specversion: envelope.specversion,
    id: envelope.id,
    source: envelope.source,
    type: envelope.type,
    subject: envelope.subject,
    time: envelope.time,
    dataschema: envelope.dataschema,
    datacontenttype: envelope.datacontenttype,
    recordversion: envelope.recordversion,
    ...(envelope.access && flattenAccess(envelope.access)),
    data_base64: envelope.data_base64,
    data: envelope.data,
  };
}

function flattenAccess(access: AccessAttributes): Flat {
  return {
    category: access.category,
    purposes: writeList('purposes', access.purposes),
    audience: writeList('audience', access.audience),
    taskforce: access.taskforce,
    registrysequence: access.registrysequence,
    classification: access.classification,
    handlingcodes: writeList('handlingcodes', access.handlingcodes),
    releasedat: access.releasedat,
    notbefore: access.notbefore,
    reviewby: access.reviewby,
  };
}

function writeList(name: string, items: readonly string[]): string {
  // One item with a comma would read back as two.
  if (items.some((item) => item.includes(','))) {
    throw new InvalidEnvelope('attribute', name, `The attribute ${name} is not in its form`);
  }
  return items.join(',');
}

/** The reverse of `flatten`, of attributes that have been checked. */
export function unflatten(flat: Flat): Envelope {
  return {
    specversion: '1.0',
    id: flat.id as string,
    source: flat.source as string,
    type: flat.type as string,
    subject: flat.subject as string,
    time: flat.time as string,
    dataschema: flat.dataschema as string,
    datacontenttype: flat.datacontenttype as string,
    ...(flat.recordversion !== undefined && { recordversion: flat.recordversion as number }),
    ...(flat.category !== undefined && { access: unflattenAccess(flat) }),
    ...(flat.data_base64 !== undefined && { data_base64: flat.data_base64 as string }),
    ...(flat.data !== undefined && { data: flat.data }),
  };
}

function unflattenAccess(flat: Flat): AccessAttributes {
  return {
    category: flat.category as Category,
    purposes: parseList(flat.purposes as string) as Purpose[],
    audience: parseList(flat.audience as string),
    taskforce: flat.taskforce as boolean,
    registrysequence: flat.registrysequence as number,
    classification: flat.classification as Classification,
    handlingcodes: parseList(flat.handlingcodes as string) as HandlingCode[],
    releasedat: flat.releasedat as string,
    ...(flat.notbefore !== undefined && { notbefore: flat.notbefore as string }),
    reviewby: flat.reviewby as string,
  };
}
