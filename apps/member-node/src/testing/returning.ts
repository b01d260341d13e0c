import type { Answered, RunningNode } from './running-node.ts';

/** A person as a caller says it. Fictional people only. */
export const returnee = (properties: object = {}) => ({
  schema: 'Person',
  properties: { name: ['Agim Provë'], nationality: ['al'], ...properties },
});

export const returnBody = (over: object = {}) => ({
  person: returnee(),
  returnTo: 'AL',
  appeals: 'exhausted',
  evidence: 'A copy of a birth certificate.',
  ...over,
});

export const RELEASE = { audience: ['AL'], purposes: ['returns'] };

/** What an officer of GB's says of returns. */
export class Returning {
  constructor(
    private readonly gb: RunningNode,
    private readonly officer: string,
  ) {}

  post(path: string, said: object = {}, as = this.officer): Promise<Answered> {
    return this.gb.call('POST', `/v1/${path}`, { as, body: said });
  }

  get(path: string): Promise<Answered> {
    return this.gb.call('GET', `/v1/${path}`, { as: this.officer });
  }

  /** A return, released: its id. */
  async open(over: object = {}): Promise<string> {
    return ((await this.post('returns', returnBody({ release: RELEASE, ...over }))).json as { id: string }).id;
  }

  /** What was told of a record. */
  async sent(id: string) {
    return (await this.gb.relayed()).filter(({ subject }) => subject === id);
  }
}
