import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for this test file, removed at its end, with a cache in which the measuring helper is compiled once. */
export const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-own-cache-')));
export const place = { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } };
afterAll(() => rmSync(cwd, { recursive: true, force: true, maxRetries: 3 }));
