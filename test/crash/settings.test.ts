import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pack } from '../helpers/pack.ts';
import { nameOf } from './run.ts';
import { at } from './setting.ts';
import { settings } from './settings.ts';
import { reference, tell } from './story.ts';

/** From one kill to the next: a prime, so that the settings are met in different places. */
const RECORDS = 7;

let home = '';
let bin = '';
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-crash-cli-')));
  bin = pack(home);
});
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));

const { plain: _, ...others } = settings; // see every-record.test.ts

it.each(Object.entries(others).map(([name, setting], i) => ({ name, setting, from: i + 1 })))(
  'with $name, a run that is killed again and again ends where the one ended that was not',
  async ({ setting, from }) => {
    const alone = await reference(bin, home, setting);
    const points = alone.journal.map(nameOf).filter((_, i) => i % RECORDS === from);
    const { kills, differs } = await tell(bin, alone, points.map(at));
    expect(differs.join('\n')).toBe('');
    expect(kills).toBeGreaterThanOrEqual(points.length - 1); // at the last record the process may be gone before it is killed
  },
  180_000,
);
