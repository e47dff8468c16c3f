import { existsSync } from 'node:fs';
import { asset } from '../../core/assets.ts';
import { shellWord } from '../../core/text.ts';

/** Requests that are made on the service of an arm, by autocannon. */
export type Load = { url: string; connections: number; seconds?: number; requests?: number };

/**
 * The command line that makes the load in a process of its own, so that the engine's work is not in the way of it. To be
 * run without a shell. The bundle has its own copy of the generator.
 */
export function loadCommand(load: Load): string {
  const source = asset('src/measure/service/generate.mjs');
  const generator = existsSync(source) ? source : asset('dist/load.js');
  return [process.execPath, generator, JSON.stringify(load)].map(shellWord).join(' ');
}
