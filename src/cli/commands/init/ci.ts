import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../../package.json' with { type: 'json' };
import { stringifyContract } from '../../../contract/parse.ts';
import type { ContractInput } from '../../../contract/schema/contract.ts';
import { writeDurable } from '../../../core/fs.ts';
import { asset } from '../../../core/locate.ts';
import { readText } from '../../../core/read-text.ts';
import type { SetUp } from './files.ts';

const workflows = ['perf-gate.yml', 'perf-gate-comment.yml'];

/**
 * Writes the two workflows for GitHub, pinned to this version, and with a benchmark the contract that asks whether it became slower. Files
 * that exist stay.
 */
export function initCi(project: string, benchmark: string | undefined): SetUp {
  const texts: [path: string, text: string][] = workflows.map((name) => [
    join('.github/workflows', name),
    readText(asset(`ci/${name}`)).replaceAll('perf-gate@VERSION', `perf-gate@${manifest.version}`),
  ]);
  const contract = 'perf-gate.yaml';
  if (benchmark !== undefined) texts.push([contract, stringifyContract(contractOf(project, benchmark))]);
  const missing = texts.filter(([path]) => !existsSync(join(project, path)));
  for (const [path, text] of missing) writeDurable(join(project, path), text);
  const told = texts.map(([path, text]) =>
    missing.some(([name]) => name === path) ? `Wrote ${path}.` : keptOf(path, readText(join(project, path)) === text),
  );
  const hasContract = existsSync(join(project, contract));
  return {
    changed: missing.map(([path]) => join(project, path)),
    told: [...told, ...(hasContract ? [] : ['There is no perf-gate.yaml yet: --benchmark COMMAND writes one.'])],
    next: 'Commit and push them to the default branch. Then a pull request with the label `perf` is measured (docs/pull-requests.md).',
  };
}

const keptOf = (path: string, same: boolean) =>
  same ? `${path} is there already.` : `${path} exists already; it stays as it is.`;

/** The files that the command names are protected: a change may not bring the benchmark that judges it. */
function contractOf(project: string, script: string): ContractInput {
  const named = script.split(/\s+/).filter((word) => /^[\w./-]+$/.test(word) && !/^[/-]|\.\./.test(word));
  const files = named.filter((word) => statSync(join(project, word), { throwIfNoEntry: false })?.isFile());
  return {
    version: 1,
    repro: { script },
    metrics: { primary: { name: 'cpu_ms', source: 'cpu' } },
    claim: 'no_worse',
    threshold: { no_worse_pct: 3 },
    ...(files.length > 0 ? { guards: { protected: [...new Set(files)] } } : {}),
    profiler: 'none',
  };
}
