import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of this run's servers. It is made, and a server started, only once a test asks for one. */
export default function globalSetup() {
  process.env.ACCORD_TEST_RUN = join(tmpdir(), `accord-test-${process.pid}-${randomBytes(4).toString('hex')}`);
  process.env.ACCORD_TEST_PID = String(process.pid);
}
