import { describe, expect, it } from '@jest/globals';
import { reports } from './reports.ts';

const release = { audience: ['AL'], purposes: ['people-smuggling' as const] };

describe('the format reports', () => {
  it('sends a line as its author wrote it', () => {
    expect(reports.map('{"title":"x"} ', undefined)).toEqual({ body: '{"title":"x"} ' });
  });

  it('adds the release that was asked for', () => {
    expect(reports.map('{"title":"x"}', release)).toEqual({
      body: '{"title":"x","release":{"audience":["AL"],"purposes":["people-smuggling"]}}',
    });
    expect(reports.map('{}', release)).toEqual({
      body: '{"release":{"audience":["AL"],"purposes":["people-smuggling"]}}',
    });
  });

  it('leaves what is no object to the node to refuse', () => {
    expect(reports.map('{"not json', release)).toEqual({ body: '{"not json' });
  });
});
