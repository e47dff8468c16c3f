import { askedBy } from '../experiment/asked-by.ts';
import type { JudgedBenchmark } from '../experiment/suite-judge.ts';
import type { Comparison } from '../record/comparison.ts';
import type { SuiteComparison } from '../record/suite.ts';
import { comparisonReasons } from './comparison.ts';
import type { JunitCase } from './junit.ts';
import { printedReason } from './reasons.ts';
import { rowOf, suiteHead } from './suite.ts';

const ofVerdict = { accepted: 'passed', rejected: 'failed', inconclusive: 'skipped' } as const;

const ofAnswer: Record<JudgedBenchmark['answer'], JunitCase['outcome']> = {
  held: 'passed',
  proven: 'passed',
  regressed: 'failed',
  refused: 'failed',
  failed: 'failed',
  undecided: 'skipped',
};

/** The JUnit test case of one comparison, named after the metric. A comparison of commands is named after the command. */
export function comparisonCase(comparison: Comparison): JunitCase {
  const { of, names, contract, verdict } = comparison;
  const name = of === 'commits' ? contract.metrics.primary.name : names.head;
  return { name, outcome: ofVerdict[verdict], text: comparisonReasons(comparison).join('; ') };
}

/** The JUnit test cases of a suite: one for each benchmark, or a single one if the head could not be measured. */
export function suiteCases({ benchmarks, added, removed, broken, contract }: SuiteComparison): JunitCase[] {
  if (broken) return [{ name: 'head', outcome: 'failed', text: printedReason(broken, askedBy(contract)) }];
  const judged = benchmarks.map((one) => ({
    name: one.name,
    outcome: ofAnswer[one.answer],
    text: one.failed ? printedReason(one.failed, askedBy(contract)) : factsOf(one),
  }));
  const skipped = (text: string) => (name: string) => ({ name, outcome: 'skipped' as const, text });
  return [...judged, ...added.map(skipped('new in the head')), ...removed.map(skipped('missing in the head'))];
}

const factsOf = (one: JudgedBenchmark) =>
  rowOf(one)
    .map((cell, i) => `${suiteHead[i]} ${cell}`)
    .slice(1)
    .join(', ');
