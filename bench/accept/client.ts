import { connect, type Socket } from 'node:net';

export interface Target {
  port: number;
  token: string;
}

/** Posts `count` bodies, all of one length, over as many connections. */
export async function post(target: Target, body: (n: number) => string, first: number, count: number): Promise<void> {
  const head = headOf(target, Buffer.byteLength(body(first)));
  await askAll(target.port, (n) => head + body(n), first, count);
}

/**
 * Sends `count` requests over connections that each wait for an answer before they ask again: as little work as a client
 * can have, so that the server is what is measured. Throws at an answer that isn't 2xx.
 */
export async function askAll(
  port: number,
  request: (n: number) => string,
  first: number,
  count: number,
): Promise<void> {
  let next = first;
  const end = first + count;
  const one = async () => {
    const connection = await Connection.open(port);
    while (next < end) await connection.ask(request(next++));
    connection.close();
  };
  // A client that sleeps has to be woken by each answer: the server would pay for it, and the slower one more.
  let awake = true;
  const stay = (): void => void (awake && setImmediate(stay));
  stay();
  await Promise.all(Array.from({ length: CONNECTIONS }, one)).finally(() => (awake = false));
}

const CONNECTIONS = 32;

const headOf = ({ token }: Target, length: number): string =>
  [
    'POST /v1/reports HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${length}`,
    '\r\n',
  ].join('\r\n');

class Connection {
  #answered: (problem: Error | null) => void = () => {};
  #text = '';

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk.toString('latin1')));
    socket.on('error', (error) => this.#answered(error));
    socket.on('close', () => this.#answered(new Error('The server has hung up')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket))).once('error', reject);
    });
  }

  ask(request: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = (problem) => (problem ? reject(problem) : resolve());
      this.socket.write(request);
    });
  }

  close(): void {
    this.#answered = () => {};
    this.socket.destroy();
  }

  #take(chunk: string): void {
    this.#text += chunk;
    const body = this.#text.indexOf('\r\n\r\n') + 4;
    const length = /content-length: (\d+)/i.exec(this.#text)?.[1];
    if (body < 4 || this.#text.length < body + Number(length)) return;
    const answer = this.#text;
    this.#text = '';
    this.#answered(answer.startsWith('HTTP/1.1 2') ? null : new Error(answer));
  }
}
