import { expect, it } from '@jest/globals';
import { previewLines, standing } from './preview.ts';

const previews = [
  { originator: 'AL', gains: [] },
  { originator: 'GB', gains: [{ category: 'intelligence', records: 12 }] },
];

it('a preview names what each originator would share', () => {
  expect(previewLines('MK', 'all', previews)).toEqual([
    'By a backfill of all, if an agreement covered it, MK would see:',
    '  of AL: nothing',
    '  of GB: 12 of intelligence',
  ]);
});

it('one without a backfill says so, and how to see more', () => {
  const said = previewLines('MK', 'none', previews.slice(0, 1)).join('\n');
  expect(said).toContain('Without --backfill nothing that exists already is shared');
  expect(said).toContain('accord onboard MK --dry-run --backfill all');
});

it('what stands is told by originator, whatever was chosen last', () => {
  expect(standing(previews)).toBe('Released to it by now, in all: GB 12 records');
  expect(standing([])).toBe('Released to it by now, in all: nothing');
});
