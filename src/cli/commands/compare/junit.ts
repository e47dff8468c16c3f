import { resolve } from 'node:path';
import { writeDurable } from '../../../core/fs.ts';
import type { Comparison } from '../../../record/comparison.ts';
import type { SuiteComparison } from '../../../record/suite.ts';
import { type JunitCase, junitReport } from '../../../report/junit.ts';
import { comparisonCase, suiteCases } from '../../../report/junit-cases.ts';

/** Writes a JUnit report with a case for each comparison. */
export function writeComparisons(file: string, compared: readonly Comparison[], cwd: string): void {
  writeDurable(resolve(cwd, file), junitReport(compared.map(comparisonCase)));
}

/** Writes a JUnit report with the comparisons of two classes of machines. The name of each case ends with the class. */
export function writeOnBoth(
  file: string,
  both: readonly { on: string; cases: readonly JunitCase[] }[],
  cwd: string,
): void {
  const cases = both.flatMap(({ on, cases }) => cases.map((one) => ({ ...one, name: `${one.name} on ${on}` })));
  writeDurable(resolve(cwd, file), junitReport(cases));
}

/** Writes a JUnit report with a case for each benchmark of a suite. */
export function writeSuite(file: string, suite: SuiteComparison, cwd: string): void {
  writeDurable(resolve(cwd, file), junitReport(suiteCases(suite)));
}
