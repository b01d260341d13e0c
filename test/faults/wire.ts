import { connect, createServer, type Server, type Socket } from 'node:net';

interface Line {
  n: number;
  /** What the client calls itself: `member-node-GB`. */
  client: string;
  near: Socket;
  far: Socket;
  held: boolean;
}

/** Chooses lines by the client's name, and a number that tells one line of a client from another. */
export type Which = (client: string, n: number) => boolean;

/** Of a Kafka request: its size, two kinds of version, a number; then the client's name with its length. */
const NAME_AT = 12;
const clientOf = (request: Buffer): string =>
  request.length < NAME_AT + 2
    ? ''
    : request.toString('utf8', NAME_AT + 2, NAME_AT + 2 + Math.max(0, request.readInt16BE(NAME_AT)));

/** The wire to a broker: what goes over it can be held up, in both directions, for some of its clients. */
export class Wire {
  readonly #lines = new Set<Line>();
  readonly #holds = new Set<Which>();
  #server: Server | null = null;
  #count = 0;

  constructor(
    private readonly port: number,
    private readonly brokerPort: number,
  ) {}

  /** Takes connections from now on; the broker is there. */
  open(): Promise<void> {
    if (this.#server) return Promise.resolve();
    const server = createServer((near) => this.#take(near));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject).listen(this.port, '127.0.0.1', () => resolve());
    });
  }

  /** Refuses connections, as where nobody listens, and breaks those that there are. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.cut(() => true);
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Nothing gets through for these, from now on and until the answered function is called. Nothing is lost either. */
  hold(which: Which): () => void {
    this.#holds.add(which);
    this.#settle();
    return () => {
      this.#holds.delete(which);
      this.#settle();
    };
  }

  /** Breaks these connections. What was held on them is lost. */
  cut(which: Which): void {
    for (const line of [...this.#lines]) if (which(line.client, line.n)) this.#end(line);
  }

  #take(near: Socket): void {
    const far = connect(this.brokerPort, '127.0.0.1');
    const line: Line = { n: this.#count++, client: '', near, far, held: false };
    this.#lines.add(line);
    for (const socket of [near, far]) {
      socket.on('error', () => {}).on('close', () => this.#end(line));
      socket.setNoDelay(true);
    }
    near.once('data', (request: Buffer) => {
      line.client = clientOf(request);
      this.#settle();
    });
    near.on('data', (chunk: Buffer) => far.write(chunk));
    far.on('data', (chunk: Buffer) => near.write(chunk));
  }

  #settle(): void {
    for (const line of this.#lines) {
      const held = line.client !== '' && [...this.#holds].some((which) => which(line.client, line.n));
      if (held === line.held) continue;
      line.held = held;
      for (const socket of [line.near, line.far])
        if (held) socket.pause();
        else socket.resume();
    }
  }

  #end(line: Line): void {
    this.#lines.delete(line);
    line.near.destroy();
    line.far.destroy();
  }
}
