import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pack } from '../helpers/pack.ts';
import { type Kill, nameOf } from './run.ts';
import { settings } from './settings.ts';
import { type Reference, reference, tell } from './story.ts';

/** Each story is a run that is killed at every so many-th record, so that a few of them meet every record. */
const STORIES = 5;

let home = '';
let bin = '';
let alone: Reference;

beforeAll(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-crash-cli-')));
  bin = pack(home);
  alone = await reference(bin, home, settings.plain!);
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

const at = (name: string): Kill => ({ when: (records) => records.some((record) => nameOf(record) === name) });

it.each(Array.from({ length: STORIES }, (_, story) => story))(
  'a run that is killed at every fifth record, from record %i on, ends where the one ended that was not',
  async (story) => {
    const points = alone.journal.map(nameOf).filter((_, i) => i % STORIES === story);
    const { kills, differs } = await tell(bin, alone, points.map(at));
    expect(differs.join('\n')).toBe('');
    expect(kills).toBeGreaterThanOrEqual(points.length - 1); // at the last record the process may be gone before it is killed
  },
  180_000,
);

it('a start that is killed before its run has a journal leaves nothing that is in the way of the next', async () => {
  const early = [60, 150, 250, 350, 450, 550].map((after): Kill => ({ after }));
  const { processes, differs } = await tell(bin, alone, early);
  expect(processes[0]).toMatchObject({ killed: true });
  expect(differs.join('\n')).toBe('');
}, 60_000);
