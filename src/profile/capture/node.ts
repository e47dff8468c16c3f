import { join } from 'node:path';
import { quoted } from './run.ts';
import type { Capture, CaptureRequest } from './types.ts';
import { captureWrapped } from './wrapped.ts';

/** Finer than V8's defaults of 1000 µs and 512 KB, because what is measured is often over in half a second. */
const flags = {
  cpu: (dir: string) => `--cpu-prof --cpu-prof-interval=500 --cpu-prof-dir=${quoted(dir)}`,
  heap: (dir: string) => `--heap-prof --heap-prof-interval=65536 --heap-prof-dir=${quoted(dir)}`,
};

/** A service is ended by a signal, and Node writes its profile only where it exits by itself. One that handles the signal does so. */
const leave = `const { exit } = require('node:process');
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => { if (process.listenerCount(signal) === 1) exit(0); });
`;

/**
 * `node --cpu-prof` or `--heap-prof` for whatever Node programs the script starts. Node 20 refuses the flags in NODE_OPTIONS. Worker
 * threads and forked processes write profiles of their own.
 */
export const captureNode =
  (kind: 'cpu' | 'heap') =>
  (request: CaptureRequest): Promise<Capture> =>
    captureWrapped(request, {
      names: ['node'],
      ending: `.${kind}profile`,
      files: (real, { profiles, bin }) => {
        const preload = join(bin, 'leave.cjs');
        const signals = request.service ? ` --require ${quoted(preload)}` : '';
        const text = `#!/bin/sh
# calls the real node with a profiler; only while perf-gate takes a profile
exec ${quoted(real.get('node')!)} ${flags[kind](profiles)}${signals} "$@"
`;
        return new Map([['node', text], ...(request.service ? [['leave.cjs', leave] as const] : [])]);
      },
    });
