import { EventEmitter } from 'node:events';
import { expect, it } from '@jest/globals';
import { outliveReaders } from './closed-pipe.ts';

it('a stream that nobody reads any more ends nothing, another fault of it is one', () => {
  const [stdout, stderr] = [new EventEmitter(), new EventEmitter()];
  outliveReaders(stdout, stderr);
  const fails = (stream: EventEmitter, code: string) => () =>
    stream.emit('error', Object.assign(new Error(`write ${code}`), { code }));
  for (const stream of [stdout, stderr]) {
    expect(fails(stream, 'EPIPE')).not.toThrow();
    expect(fails(stream, 'EPIPE')).not.toThrow();
    expect(fails(stream, 'ENOSPC')).toThrow('write ENOSPC');
  }
});
