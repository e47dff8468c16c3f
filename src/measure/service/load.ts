import { existsSync } from 'node:fs';
import { asset } from '../../core/locate.ts';
import { shellWord } from '../../core/text.ts';

/** Requests that autocannon sends to the service of an arm, for a number of seconds, or until a number of requests is reached. */
export type Load = { url: string; connections: number; seconds?: number; requests?: number };

/**
 * The command line that generates the load, to be run without a shell. The load generator has its own process, so that perf-gate's other
 * work does not delay the requests. The bundled program contains a copy of the load generator.
 */
export function loadCommand(load: Load): string {
  const source = asset('src/measure/service/generate.mjs');
  const generator = existsSync(source) ? source : asset('dist/load.cjs');
  return [process.execPath, generator, JSON.stringify(load)].map(shellWord).join(' ');
}
