import { dirname, resolve } from 'node:path';
import { systemClock } from '../core/clock.ts';
import type { World } from '../core/world.ts';
import type { Surroundings } from './asked.ts';

/** The clock, folder, environment and signal that the library's functions use. Its `notify` prints nothing. */
export const worldOf = ({ cwd = '.', signal = new AbortController().signal }: Surroundings): World => ({
  cwd: resolve(process.cwd(), cwd),
  env: process.env,
  clock: systemClock,
  notify: () => {},
  signal,
});

/** The folder of the file that Node runs; under `node --test`, the folder of the test file. */
export const programFolder = (): string => (process.argv[1] ? dirname(process.argv[1]) : process.cwd());
