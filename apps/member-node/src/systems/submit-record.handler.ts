import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Forbidden, RuleBroken, uuidv8, WrongState, type Shield, type SystemGiven } from '#contracts';
import type { Answer } from '#event-store';
import type { MemberPrincipal } from '#platform';
import { NODE, type NodeIdentity } from '../node.ts';
import { handlingOf } from '../records/handling.ts';
import { assertHappened } from '../records/happened.ts';
import { Idempotency } from '../records/idempotency.ts';
import { ListQueries } from '../records/list-queries.ts';
import { Records, type Acting, type Asking } from '../records/records.ts';
import { TaskForce } from '../task-force/task-force.ts';
import { SubmitRecord } from './commands.ts';
import type { System } from './declaration.ts';
import { knownBy, shieldBy, termsOf } from './release-terms.ts';
import type { Amend, ReleaseIt, Submit, SystemCommand, SystemState, Terms } from './state.ts';

/** A body that has the right shape, and what it is to become. */
export interface Incoming {
  system: System;
  id: string;
  body: SystemGiven;
  terms: Terms | null;
  caller: MemberPrincipal;
}

@CommandHandler(SubmitRecord)
export class SubmitRecordHandler implements ICommandHandler<SubmitRecord> {
  constructor(
    @Inject(NODE) private readonly node: NodeIdentity,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
    @Inject(Records) private readonly records: Records,
    @Inject(TaskForce) private readonly taskForce: TaskForce,
    @Inject(ListQueries) private readonly queries: ListQueries,
  ) {}

  async execute({ system, caller, headers, body }: SubmitRecord): Promise<Answer> {
    const checked = this.read(system, caller, body);
    const asked = { caller, headers, operation: `submit ${system.kind}`, body: checked };
    return this.idempotency.run(asked, (planned, acting) =>
      this.submit(this.incoming({ system, caller, body: checked }, planned), acting),
    );
  }

  read(system: System, caller: MemberPrincipal, body: unknown): SystemGiven {
    if (asksRelease(body) && !caller.roles.includes('supervisor')) {
      throw new Forbidden('To release a record needs the role supervisor.');
    }
    return system.read(body) as SystemGiven;
  }

  /** `planned` is its id where the body tells none. */
  incoming(given: Pick<Incoming, 'system' | 'caller' | 'body'>, planned: string): Incoming {
    const { system, body } = given;
    const parts = identityOf(system, body);
    const id = parts ? uuidv8(this.node.member, system.kind, ...parts) : planned;
    const { release } = body;
    return { ...given, id, terms: release ? termsOf(release, this.taskForce, '/release/audience') : null };
  }

  /** What is to be decided of it; null where it was said before and nothing is to be. */
  async commandFor(incoming: Incoming, state: SystemState, asking: Asking): Promise<SystemCommand | null> {
    const { system, body } = incoming;
    const fingerprint = this.idempotency.fingerprint(body);
    if (state.state === 'none') return this.submission(incoming, fingerprint, asking);
    if (system.amends) return this.amendment(incoming, state, asking);
    if (state.fingerprint !== fingerprint) throw reused(identityOf(system, body));
    return null;
  }

  private async submit(incoming: Incoming, acting: Acting): Promise<Answer> {
    const { system, id, body, terms } = incoming;
    const fingerprint = this.idempotency.fingerprint(body);
    const { state, version, created } = await this.records.create(system.record, id, acting, (_, asking) =>
      this.submission(incoming, fingerprint, asking),
    );
    if (created) return { status: 201, answer: { id, version } };
    if (system.amends) return this.amend(incoming, acting);
    if (state.state === 'none' || state.fingerprint !== fingerprint) throw reused(identityOf(system, body));
    return { status: 200, answer: { id, version: firstVersion(terms) } };
  }

  private async submission(incoming: Incoming, fingerprint: string, asking: Asking): Promise<Submit<unknown>> {
    const { system, id, body, terms } = incoming;
    const { content, shield } = await this.make(incoming, asking);
    return {
      type: 'submit',
      id,
      handling: handlingOf(system.category, body, this.node, Date.parse(asking.at)),
      kept: {
        ...(body.externalId !== undefined && { externalId: body.externalId }),
        ...textOf(body),
        content,
      },
      fingerprint,
      release: release(terms, asking.at, shield),
    };
  }

  /** The same identity again: what it says otherwise is a correction. */
  private async amend(incoming: Incoming, acting: Acting): Promise<Answer> {
    const { system, id } = incoming;
    const { version } = await this.records.act(system.record, id, acting, (state, asking) =>
      this.amendment(incoming, state, asking),
    );
    return { status: 200, answer: { id, version } };
  }

  private async amendment(incoming: Incoming, state: SystemState, asking: Asking): Promise<Amend<unknown>> {
    const { system, body, terms, caller } = incoming;
    const { content, shield } = await this.make(incoming, asking);
    const { classification, handlingCodes, reviewBy } = body;
    const handling = defined({ classification, handlingCodes, reviewBy });
    const kept = { ...textOf(body), content };
    const amendment: Amend<unknown> = {
      type: 'amend',
      kept,
      handling,
      release: release(terms, asking.at, shield),
      shield,
    };
    assertMayAmend(system, state, amendment, caller);
    return amendment;
  }

  /** A mistyped id would be somebody of whom nothing is known: nor from whom that person is to be kept. */
  private async assertKnown(system: System, body: SystemGiven): Promise<void> {
    const named = system.names?.(body) ?? [];
    const known = await this.queries.known(named.map(({ id }) => id));
    const message = 'This is a global id that no record of this member has named.';
    const errors = named
      .filter(({ id }) => !known.has(id))
      .map(({ path }) => ({ path, rule: 'unknown-entity', message }));
    if (errors.length > 0) throw new RuleBroken('entity.invalid', errors);
  }

  /** Whom it is about can be told from what it says; and what is known of them may be a part of what it becomes. */
  private async make({ system, id, body }: Incoming, asking: Asking): Promise<{ content: unknown; shield: Shield }> {
    const on = { id, member: this.node.member, at: asking.at };
    const first = system.content(body, { ...on, known: [], claims: [] });
    assertHappened(system.happened, body, { at: asking.at, clockSkewMs: this.node.clockSkewMs });
    for (const field of system.members ?? []) this.taskForce.assertOther(codeIn(body, field), `/${field}`);
    await this.assertKnown(system, body);
    if (!system.touches) return { content: first, shield: [] };
    const content = system.content(body, { ...on, ...(await knownBy({ system, id }, first, asking)) });
    return { content, shield: await shieldBy({ system, id }, content, asking) };
  }
}

/** The version after a submission: each fact counts one. */
export const firstVersion = (terms: Terms | null): number => (terms ? 2 : 1);

const codeIn = (body: object, field: string): string => (body as Record<string, string>)[field]!;

const asksRelease = (body: unknown): boolean => typeof body === 'object' && body !== null && 'release' in body;

const identityOf = (system: System, body: SystemGiven): readonly string[] | undefined => {
  if (system.identity) return system.identity(body);
  return body.externalId === undefined ? undefined : [body.externalId];
};

const reused = (identity: readonly string[] | undefined) =>
  identity === undefined
    ? new WrongState('idempotency-key-reused', 'This Idempotency-Key was used for another record.')
    : new WrongState('external-id-reused', 'This externalId was used for another record.');

const release = (terms: Terms | null, at: string, shield: Shield): ReleaseIt | null =>
  terms && { type: 'release', at, shield, ...terms };

const textOf = ({ handlingText }: SystemGiven) => (handlingText === undefined ? {} : { handlingText });

const defined = <T extends object>(some: T): Partial<T> =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as Partial<T>;

/** What others have been told is a supervisor's to correct; to say it again is nobody's. */
const assertMayAmend = (
  { record }: System,
  state: SystemState,
  amendment: Amend<unknown>,
  { roles }: MemberPrincipal,
): void => {
  if (state.state !== 'released' || roles.includes('supervisor')) return;
  if (record.decide(state, amendment).length > 0) {
    throw new Forbidden('To correct a record that was released needs the role supervisor.');
  }
};
