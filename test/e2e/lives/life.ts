import { expect } from '@jest/globals';
import type { Answer, Ask } from '../../support/caller.ts';

/** Members' officers, analysts and admins, at a started product. */
export interface Life {
  /** An officer, at the own node. */
  post(where: string, path: string, body: unknown): Promise<Answer>;
  /** What an officer finds at the own node. */
  own(where: string, path: string): Promise<Answer>;
  /** What an analyst finds at the joint views; with a body it is a question. */
  seen(member: string, path: string, purpose?: string, ask?: Ask): Promise<Answer>;
  /** An admin, at the registry: with a body it speaks, without one it asks. */
  registry(member: string, path: string, body?: object): Promise<Answer>;
  settled(...members: string[]): Promise<void>;
}

export const NOBODY = '01980000-0000-7000-8000-0000000000ff';

/** A time as the interface writes it. */
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** What stands beside any record's own fields, of one that says nothing about its handling. */
export const asRecord = (version: number, ...purposes: string[]) => ({
  ...{ purposes, version, classification: 'OFFICIAL', handlingCodes: ['H0'], recordState: 'released' },
  ...{ releasedAt: TIME, updatedAt: TIME, reviewBy: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
});

/** Why a request was refused: status, code, and the rule that each field broke. */
export const refusalOf = ({ status, json }: Answer): string =>
  [status, json.code, ...(json.errors ?? []).map(({ path, rule }: Record<string, string>) => `${path} ${rule}`)].join(
    ' ',
  );

/** An answer but for the trace that names this very request. */
export const bytesOf = ({ status, text }: Answer): string =>
  `${status} ${text.replace(/"traceId":"[^"]+"/, '"traceId":""')}`;

/** What a member was told of a record. */
export const toldOf = async ({ seen }: Life, member: string, record: string): Promise<object[]> => {
  const { items } = (await seen(member, '/v1/notices?limit=500')).json;
  return items.filter((notice: { record: string }) => notice.record === record);
};

/** A notice as its reader finds it. */
export const notice = (kind: string, record: string) => ({
  ...{ id: expect.any(String), kind, record, at: TIME, acknowledged: false },
});
