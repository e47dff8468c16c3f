import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of this test file's own, removed at its end, and a cache in it: the measuring helper is compiled there once. */
export const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-own-cache-')));
export const place = { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } };
afterAll(() => rmSync(cwd, { recursive: true, force: true, maxRetries: 3 }));
