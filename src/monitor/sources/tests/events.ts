import { createHash } from 'node:crypto';
import { cutStart, oneLine } from '../../../core/text.ts';
import { type MonitorEvent, ofNoSession } from '../../event.ts';
import type { TestCase, TestReport } from './report.ts';

/**
 * At most this number of tests of one run are stored one by one. Failed and retried tests come first, followed by the slowest. All
 * other tests count only in the figures of their suite.
 */
const MOST_CASES = 2000;

/** Facts about a run that are not in its report. */
export type AboutRun = {
  /** The project's name. */
  project: string;
  commit: string | null;
  /** When the run ended, in ms since 1970. */
  t: number;
  /** The identity of the run, which is the same for repeated imports of one report. */
  identity: string;
  /** Whether a suite may have its own series. All other suites share one series. */
  isOwn: (name: string) => boolean;
};

const named = (project: string, name: string) => cutStart(oneLine(`${project}: ${name.slice(-1000)}`), 120);

/** The series names of a report's suites, the slowest first. */
export const suitesOf = ({ cases }: TestReport, project: string): string[] =>
  [...bySuite(cases)].sort((a, b) => sumOf(b[1]) - sumOf(a[1])).map(([suite]) => named(project, suite));

/**
 * The events of a test run: one for the run, one for each suite with the sum of its tests' times, and one for each test. The time of a test
 * is only an attribute, so that the series of a suite contains only sums.
 */
export function eventsOfRun(report: TestReport, { project, commit, t, identity, isOwn }: AboutRun): MonitorEvent[] {
  const { cases, framework, wall_ms, time } = report;
  const run = createHash('sha256').update(identity).digest('hex').slice(0, 12);
  const of = {
    t,
    kind: 'test',
    ...ofNoSession,
    source: 'test_report',
  } as const;
  const about = { run, framework, ...(commit === null ? {} : { commit }) };
  const seriesOf = (suite: string) => {
    const name = named(project, suite);
    return isOwn(name) ? name : named(project, '(other suites)');
  };
  const count = (outcome: TestCase['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const failed = count('failed');
  const skipped = count('skipped');
  return [
    {
      ...of,
      name: named(project, `tests by ${framework}${time === 'sum' ? ' (times added up)' : ''}`),
      duration_ms: wall_ms,
      ok: failed === 0,
      identity: `${run} run`,
      attributes: { ...about, what: 'run', tests: cases.length, selected: cases.length - skipped, skipped, failed },
    },
    // suites whose tests were all skipped are left out, because they have no duration and would distort the figures
    ...[...bySuite(cases.filter(({ outcome }) => outcome !== 'skipped'))].map(([suite, own]) => ({
      ...of,
      name: seriesOf(suite),
      duration_ms: sumOf(own),
      ok: own.every(({ outcome }) => outcome !== 'failed'),
      identity: `${run} suite ${suite}`,
      attributes: { ...about, what: 'suite', tests: own.length },
    })),
    ...worthKeeping(cases).map(({ suite, name, ms, outcome, retried }) => ({
      ...of,
      name: seriesOf(suite),
      duration_ms: null,
      ok: outcome === 'skipped' ? null : outcome === 'ok',
      identity: `${run} case ${suite}\0${name}`,
      attributes: {
        ...about,
        what: 'case',
        suite: named(project, suite),
        test: cutStart(oneLine(name), 120),
        test_ms: ms,
        retried,
      },
    })),
  ];
}

function bySuite(cases: readonly TestCase[]): Map<string, TestCase[]> {
  const found = new Map<string, TestCase[]>();
  for (const one of cases) {
    const own = found.get(one.suite);
    if (own) own.push(one);
    else found.set(one.suite, [one]);
  }
  return found;
}

const sumOf = (cases: readonly TestCase[]) => cases.reduce((ms, one) => ms + one.ms, 0);

const isTold = ({ outcome, retried }: TestCase) => outcome === 'failed' || retried;

const worthKeeping = (cases: readonly TestCase[]): TestCase[] =>
  cases.toSorted((a, b) => Number(isTold(b)) - Number(isTold(a)) || b.ms - a.ms).slice(0, MOST_CASES);
