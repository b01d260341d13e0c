import { setImmediate } from 'node:timers/promises';
import { LineSplitter, type Line } from './lines.ts';

export interface QueueLimits {
  maxLineBytes: number;
  maxLines: number;
  /** Lines handed out together, at most. */
  chunk: number;
  /** Bytes held while the reader is busy, about. */
  held: number;
}

/**
 * Reads lines ahead while the ones before are being stored, and no further than the limits: whatever has come is handed
 * out together, so that a fast sender gets large chunks and a slow one no delay.
 */
export async function* linesOf(source: AsyncIterable<Buffer>, limits: QueueLimits): AsyncGenerator<Line[]> {
  const queue = new LineQueue(limits);
  const reading = queue.fill(source);
  try {
    for (let lines = await queue.take(); lines.length > 0; lines = await queue.take()) yield lines;
    await reading;
  } finally {
    queue.stop();
  }
}

class LineQueue {
  private readonly lines: Line[] = [];
  private bytes = 0;
  private over = false;
  private wake: () => void = () => {};

  constructor(private readonly limits: QueueLimits) {}

  async fill(source: AsyncIterable<Buffer>): Promise<void> {
    const splitter = new LineSplitter(this.limits.maxLineBytes);
    try {
      for await (const chunk of source) {
        if (!this.add(splitter.push(chunk))) break;
        while (this.bytes > this.limits.held && !this.over) await this.change();
        if (this.over) break;
      }
      if (!this.over) this.add(splitter.end());
    } catch {
      // The caller has gone: what it had sent whole is stored, and there is nobody to answer.
    } finally {
      this.stop();
    }
  }

  /** Empty at the end. */
  async take(): Promise<Line[]> {
    while (this.lines.length === 0 && !this.over) await this.change();
    await this.gather();
    const taken = this.lines.splice(0, this.limits.chunk);
    for (const { bytes } of taken) this.bytes -= bytes?.length ?? 0;
    this.wake();
    return taken;
  }

  /** Reads on for as long as more comes at once: a chunk costs nearly the same whatever its size. */
  private async gather(): Promise<void> {
    for (let before = 0; before < this.lines.length && this.lines.length < this.limits.chunk && !this.over;) {
      before = this.lines.length;
      await setImmediate();
    }
  }

  stop(): void {
    this.over = true;
    this.wake();
  }

  /** False once there are too many: the first one too many is still handed out, so that it can be refused. */
  private add(lines: readonly Line[]): boolean {
    for (const line of lines) {
      this.lines.push(line);
      this.bytes += line.bytes?.length ?? 0;
      if (line.line > this.limits.maxLines) return false;
    }
    if (lines.length > 0) this.wake();
    return true;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.wake;
      this.wake = () => {
        this.wake = () => {};
        before();
        resolve();
      };
    });
  }
}
