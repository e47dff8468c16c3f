import { posix } from 'node:path';
import { fieldsThatHold } from '../../measure/sources/sources.ts';
import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { metricsWithPaths } from '../schema/metrics.ts';

type Named = { path: Issue['path']; value: string; from?: string };

/** Checks that all paths of a contract are inside the project, because a contract must not read or protect other files. */
export function pathRules(contract: Partial<Contract>): Issue[] {
  const { repro, guards, secrets_file } = contract;
  const fixed = [
    ...entry(['repro', 'cwd'], repro?.cwd),
    ...(guards?.protected ?? []).flatMap((value, i) => entry(['guards', 'protected', i], value.replace(/^!/, ''))),
    ...(guards?.unprotected ?? []).flatMap((value, i) => entry(['guards', 'unprotected', i], value)),
    ...entry(['secrets_file'], secrets_file),
  ];
  // The command writes these files, and their paths are relative to the folder in which the command runs.
  const written = files(contract).map((file) => ({ ...file, from: repro?.cwd ?? '.' }));
  return [...fixed, ...written].flatMap(({ path, value, from = '.' }: Named) => {
    const problem = leadsOut(value, from);
    if (!problem) return [];
    return [{ path, at: 'value' as const, message: `expected a path inside the project, found ${value} (${problem})` }];
  });
}

function files({ metrics, guards, profiler }: Partial<Contract>): Named[] {
  const all = metrics ? metricsWithPaths(metrics) : [];
  const same = guards?.same_output;
  return [
    ...all.flatMap(({ path, metric: { source } }) =>
      fieldsThatHold('path', source).map(([field, value]) => ({ path: [...path, 'source', field], value })),
    ),
    ...entry(['guards', 'same_output', 'file'], typeof same === 'object' && 'file' in same ? same.file : undefined),
    ...entry(['profiler', 'output_path'], typeof profiler === 'object' ? profiler.output_path : undefined),
  ];
}

const entry = (path: Issue['path'], value: string | undefined): Named[] =>
  value === undefined ? [] : [{ path, value }];

function leadsOut(value: string, from: string): string | undefined {
  if (value.startsWith('/')) return 'it is absolute';
  if (value.startsWith('~')) return 'it begins in the home folder';
  if (!value.includes('..')) return undefined;
  // The files that exist decide where a path with `..` next to a wildcard leads.
  if (/[*?{}[\]()!]/.test(value) && /(^|[/{,(|])\.\.($|[/},)|])/.test(value)) return 'it has `..` next to a wildcard';
  return posix.join(from, value).split('/')[0] === '..' ? 'it leads above the project' : undefined;
}
