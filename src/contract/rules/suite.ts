import type { Issue } from '../issue.ts';
import type { Contract } from '../schema/contract.ts';
import { benchmarksOf, isSuite, printsMany } from '../suite.ts';
import { thresholdRules } from './judging.ts';
import { loadMetrics } from './load.ts';
import { metricRules } from './metrics.ts';
import { pathRules } from './paths.ts';

/** Checks that a suite can be judged: one metric per benchmark, in per cent, and interleaved executions. */
export function suiteRules(contract: Contract): Issue[] {
  if (!isSuite(contract)) return [];
  const listed = contract.benchmarks ?? [];
  const issues: Issue[] = [];
  const say = (path: Issue['path'], message: string) => issues.push({ path, message, at: 'value' });
  if (contract.order !== 'interleaved') say(['order'], 'expected interleaved for a suite, found sequential');
  if (contract.isolation === 'in_place') say(['isolation'], 'expected worktree or copy for a suite, found in_place');
  if (contract.repro.load || contract.repro.service)
    say(['repro'], 'a suite can have neither load nor service; write a separate contract for this benchmark');
  if (listed.length > 0 && printsMany(contract))
    say(
      ['metrics', 'primary', 'source', 'key'],
      'expected the key of one benchmark, because the contract has `benchmarks`; found *',
    );
  listed.forEach(({ name }, i) => {
    if (listed.findIndex((other) => other.name === name) < i)
      say(['benchmarks', i, 'name'], `expected a unique name, found ${name} a second time`);
  });
  issues.push(...benchmarksOf(contract).flatMap((benchmark, i) => ofOne(benchmark.contract, ['benchmarks', i])));
  if (printsMany(contract)) issues.push(...ofOne(contract, []));
  return issues;
}

function ofOne(contract: Contract, at: Issue['path']): Issue[] {
  const { metrics, threshold, claim } = contract;
  const issues: Issue[] = [];
  const say = (path: Issue['path'], message: string) => issues.push({ path, message, at: 'value' });
  if (metrics.watchdogs.length > 0)
    say(['metrics', 'watchdogs'], 'a suite has no watchdogs; instead, add a benchmark with claim: no_worse');
  if (threshold.type !== 'pct') say(['threshold', 'type'], `expected pct in a suite, found ${threshold.type}`);
  if (claim === 'observed') say(['claim'], 'expected proven or no_worse in a suite, found observed');
  const rules = at.length > 0 ? [thresholdRules, metricRules, loadMetrics, pathRules] : [];
  return prefixed([...issues, ...rules.flatMap((rule) => rule(contract))], at);
}

const prefixed = (issues: readonly Issue[], at: Issue['path']): Issue[] =>
  issues.map((issue) => ({ ...issue, path: [...at, ...issue.path] }));
