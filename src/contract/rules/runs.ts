import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';

export function runs({ repro }: Contract): Issue[] {
  const { measurement_runs, max_runs } = repro;
  if (max_runs >= measurement_runs) return [];
  const message = `expected at least measurement_runs (${measurement_runs}), found ${max_runs}; for example: max_runs: ${measurement_runs * 2}`;
  return [{ path: ['repro', 'max_runs'], at: 'value', message }];
}
