import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A temporary folder for this test file alone, with a cache in it, so that the measuring helper is compiled once. Removed at its end. */
export const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-own-cache-')));
export const place = { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } };
afterAll(() => rmSync(cwd, { recursive: true, force: true, maxRetries: 3 }));
