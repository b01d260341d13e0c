const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** One line as it came, without its end; null where it is larger than may be. Lines count from 1. */
export interface Line {
  line: number;
  bytes: Buffer | null;
}

/** Cuts a stream of bytes into lines. Of a line that is too large no more is kept than was needed to find out. */
export class LineSplitter {
  private parts: Buffer[] = [];
  private size = 0;
  private count = 0;

  constructor(private readonly maxBytes: number) {}

  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      lines.push(this.cut());
      start = end + 1;
    }
    // A copy, because the chunk would be kept whole for the sake of its last bytes.
    if (start < chunk.length) this.keep(start === 0 ? chunk : Buffer.from(chunk.subarray(start)));
    return lines;
  }

  /** What is left after the last line end. */
  end(): Line[] {
    return this.size > 0 ? [this.cut()] : [];
  }

  private keep(part: Buffer): void {
    this.size += part.length;
    if (this.size <= this.maxBytes) this.parts.push(part);
    else this.parts = [];
  }

  private cut(): Line {
    const bytes = this.size > this.maxBytes ? null : Buffer.concat(this.parts);
    this.parts = [];
    this.size = 0;
    this.count += 1;
    return { line: this.count, bytes: bytes?.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes };
  }
}
