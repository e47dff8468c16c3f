import { existsSync } from 'node:fs';
import { asset } from '../../core/locate.ts';
import { shellWord } from '../../core/text.ts';

/**
 * The load that autocannon generates: it sends requests to the service of an arm, for a number of seconds or until it has sent a number of
 * requests.
 */
export type Load = { url: string; connections: number; seconds?: number; requests?: number };

/**
 * The command line that generates the load, for an execution without a shell. The load generator has its own process, so that perf-gate's
 * other work does not delay the requests. In the published package, the load generator is a file of its own, `dist/load.cjs`.
 */
export function loadCommand(load: Load): string {
  const source = asset('src/measure/service/generate.mjs');
  const generator = existsSync(source) ? source : asset('dist/load.cjs');
  return [process.execPath, generator, JSON.stringify(load)].map(shellWord).join(' ');
}
