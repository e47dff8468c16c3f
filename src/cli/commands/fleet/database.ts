import { failure } from '../../../core/errors.ts';
import { text } from '../../options.ts';

export const databaseOption = { '--database <url>': text('the fleet’s database (default: PERF_GATE_DATABASE)') };

/** The options by which a fleet measures in place of this machine. */
export const fleetOptions = {
  '--on <name>': text('measure on this class or host of a fleet'),
  '--remote <url>': text('the repository that a fleet fetches the commits from'),
  ...databaseOption,
};

/** The address of the fleet's database. @throws fleet_no_database */
export function databaseOf(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const url = given ?? env.PERF_GATE_DATABASE;
  if (url) return url;
  throw failure('fleet_no_database');
}
