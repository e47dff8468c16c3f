import { hostname, userInfo } from 'node:os';
import { failure } from '../core/errors.ts';
import { quoted } from '../core/text.ts';

/** The name of the queue of a class or a host. `--on` names the class or the host. */
export const queueOf = (name: string) => `bench.${name}`;

export const ofQueue = (queue: string) => queue.replace(/^bench\./, '');

/** The name of this process's user, or the user's number if the user has no name, as in some containers. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** The user who asks, in the form that people read: `user@machine`. */
export const whoAsks = (): string => `${userName()}@${hostname()}`;

/** Checks the name of a class or a host. @throws usage */
export function fleetName(given: string, option: string): string {
  if (/^[A-Za-z0-9_][\w.-]{0,62}$/.test(given)) return given;
  throw failure('usage', {
    problem: `${option} is ${quoted(given)}.`,
    hint: 'Use only letters, digits, dots, hyphens and underscores, at most 63 characters.',
  });
}

/** The address of the fleet's database. @throws fleet_no_database */
export function databaseOf(given: string | undefined, env: NodeJS.ProcessEnv): string {
  const url = given ?? env.PERF_GATE_DATABASE;
  if (url) return url;
  throw failure('fleet_no_database');
}
