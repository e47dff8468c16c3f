import { text } from '../../options.ts';

export const databaseOption = { '--database <url>': text('the fleet’s database (default: PERF_GATE_DATABASE)') };

/** The options of commands that can measure on a fleet, such as `bisect` and `compare`. */
export const fleetOptions = {
  '--on <name>': text('measure on this class or host of a fleet'),
  '--remote <url>': text('the repository that a fleet fetches the commits from'),
  ...databaseOption,
};
