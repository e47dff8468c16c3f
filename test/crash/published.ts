import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { pack } from '../helpers/pack.ts';

/** perf-gate as it is published, once per test file: its folder and its launcher, which are there when the tests run. */
export function published(): { home: string; bin: string } {
  const place = { home: '', bin: '' };
  beforeAll(() => {
    place.home = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-crash-cli-')));
    place.bin = pack(place.home);
  });
  afterAll(() => rmSync(place.home, { recursive: true, force: true, maxRetries: 3 }));
  return place;
}
