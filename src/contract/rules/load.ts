import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { metricsWithPaths } from '../schema/metrics.ts';
import { loadText } from '../schema/repro.ts';

/**
 * Checks the load of a contract. A load needs a service, replaces the script, and ends either after a time or after a number of requests.
 */
export function loadRules({ repro, guards }: Pick<Contract, 'repro'> & Partial<Contract>): Issue[] {
  const { load, script, service, timeout_s } = repro;
  if (!load) return [];
  const issues: Issue[] = [];
  const say = (path: Issue['path'], message: string) => issues.push({ path, message, at: 'value' });
  const { connections, seconds, requests } = load;
  if (script !== loadText(load)) say(['repro', 'script'], 'expected either script or load, found both');
  if (!service)
    say(
      ['repro', 'load'],
      'expected a service next to load, found none; for example: service: { start: node server.js, ready: "http://127.0.0.1:8080/" }',
    );
  if ((seconds === undefined) === (requests === undefined))
    say(['repro', 'load'], `expected either seconds or requests, found ${seconds === undefined ? 'none' : 'both'}`);
  if (requests !== undefined && requests < connections)
    say(
      ['repro', 'load', 'requests'],
      `expected at least one request for each of the ${connections} connections, found ${requests}`,
    );
  if (seconds !== undefined && seconds >= timeout_s)
    say(['repro', 'load', 'seconds'], `expected less than timeout_s (${timeout_s}), found ${seconds}`);
  const same = guards?.same_output;
  if (same !== undefined && !(typeof same === 'object' && 'file' in same))
    say(
      ['guards', 'same_output'],
      'a load prints its measurements, which always differ; check the answers of the service with guards.correctness',
    );
  return issues;
}

/**
 * Refuses sources such as `wall` or `cpu` for a contract with a load, because these sources would measure the load generator instead of the
 * service.
 */
export function loadMetrics({ repro, metrics }: Pick<Contract, 'repro' | 'metrics'>): Issue[] {
  if (!repro.load) return [];
  return metricsWithPaths(metrics).flatMap(({ path, metric: { source } }) => {
    if (typeof source === 'object') return [];
    const message = `expected a key of the load, found ${source}, which would measure the load generator; for example: source: { stdout: json, key: requests.average }`;
    return [{ path: [...path, 'source'], at: 'value' as const, message }];
  });
}
