import { join } from 'node:path';
import { shellWord } from '../../core/text.ts';
import type { Capture, CaptureRequest } from './run.ts';
import { captureWrapped } from './wrapped.ts';

/** Shorter intervals than V8's defaults of 1000 µs and 512 KB, because the measured command often ends within half a second. */
const flags = {
  cpu: (dir: string) => `--cpu-prof --cpu-prof-interval=500 --cpu-prof-dir=${shellWord(dir)}`,
  heap: (dir: string) => `--heap-prof --heap-prof-interval=65536 --heap-prof-dir=${shellWord(dir)}`,
};

/**
 * Makes a service exit normally on a signal, because Node writes its profile only then. If the service handles the signal itself, its own
 * handler decides when the service exits.
 */
const exitOnSignal = `const { exit } = require('node:process');
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => { if (process.listenerCount(signal) === 1) exit(0); });
`;

/**
 * Profiles all Node programs that the script starts, with `node --cpu-prof` or `node --heap-prof`. A wrapper program passes these flags to
 * `node`, because Node 20 refuses them in NODE_OPTIONS. Worker threads and forked processes write profiles of their own.
 */
export function captureNode(kind: 'cpu' | 'heap', request: CaptureRequest): Promise<Capture> {
  return captureWrapped(request, {
    names: ['node'],
    ending: `.${kind}profile`,
    files: (real, { profiles, bin }) => {
      const preload = join(bin, 'leave.cjs');
      const signals = request.service ? ` --require ${shellWord(preload)}` : '';
      const text = `#!/bin/sh
# calls the real node with a profiler; only while perf-gate takes a profile
exec ${shellWord(real.get('node')!)} ${flags[kind](profiles)}${signals} "$@"
`;
      return new Map([['node', text], ...(request.service ? [['leave.cjs', exitOnSignal] as const] : [])]);
    },
  });
}
