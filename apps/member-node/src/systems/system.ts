import { systemReader, type SystemGiven } from '#contracts';
import type { System, SystemDeclaration } from './declaration.ts';
import { recordOf } from './system.record.ts';

export type { Also, Making, On, System, SystemDeclaration, Transition } from './declaration.ts';

const COMMON = ['submitted', 'released', 'reshielded', 'backfilled', 'recalled', 'expired', 'erased'];

/** Puts a system on the rails: it gets everything that a record of any system has. */
export const defineSystem = <Content, Body>(declared: SystemDeclaration<Content, Body>): System<Content, Body> => {
  const facts = [...declared.transitions.map(({ fact }) => fact), ...(declared.amends ? [declared.amends.fact] : [])];
  const twice = facts.find((fact, n) => COMMON.includes(fact) || facts.indexOf(fact) !== n);
  if (twice !== undefined) throw new Error(`${declared.kind} has two facts of the name ${twice}`);
  // What one line tells of a person would have to be known of the next one's.
  if (declared.batch && declared.touches) throw new Error(`${declared.kind} touches people: none at once with others`);
  const read = systemReader(declared.body) as (body: unknown) => Body & SystemGiven;
  return { ...declared, read, record: recordOf(declared) };
};
