import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { auditCommand } from './audit.command.ts';

it.each([
  ['2025-07-01', '2025-01-01'],
  ['2025-07-01', '2025-07-01'],
  ['2025-07-01T02:00:00Z', '2025-07-01T03:00:00+02:00'],
])('an export from %s to %s is refused, and writes nothing', async (from, to) => {
  const data = mkdtempSync(join(tmpdir(), 'accord-audit-'));
  const out = join(data, 'bundle');
  const period = ['--from', from, '--to', to];
  const asked = ['export', '--member', 'GB', ...period, '--data', data, '--out', out];
  const refusal = auditCommand().parseAsync(asked, { from: 'user' });
  const said = (time: string) => new Date(time).toISOString();
  await expect(refusal).rejects.toThrow(`between --from ${said(from)} and --to ${said(to)}`);
  expect(existsSync(out)).toBe(false);
  rmSync(data, { recursive: true });
});
