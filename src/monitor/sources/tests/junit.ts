import { SaxesParser } from 'saxes';
import { momentFrom, secondsFrom, type TestCase, type TestReport, UNNAMED } from './report.ts';

/** The deepest accepted nesting of elements. Real reports nest only a few levels. */
const MOST_DEPTH = 64;

type Attributes = Readonly<Record<string, string>>;

/** The state while a report is parsed. */
type Reading = {
  suites: string[];
  began: number | null;
  wall: { root: number; suites: number };
  open: TestCase | null;
  cases: TestCase[];
  hint: string;
};

const begins: Readonly<Record<string, (reading: Reading, attributes: Attributes) => void>> = {
  testsuites(reading, { time, name, timestamp }) {
    reading.wall.root = secondsFrom(time);
    reading.began = momentFrom(timestamp);
    reading.hint += ` ${name ?? ''}`;
  },
  testsuite(reading, { name, time, timestamp }) {
    if (reading.suites.length === 0) reading.wall.suites += secondsFrom(time);
    reading.suites.push(name || UNNAMED);
    reading.began ??= momentFrom(timestamp);
    reading.hint += reading.hint.length < 500 ? ` ${name ?? ''}` : '';
  },
  testcase(reading, { name, classname, file, time }) {
    const suite = file || classname || reading.suites.at(-1) || UNNAMED;
    reading.open = { suite, name: name || UNNAMED, ms: secondsFrom(time), outcome: 'ok', retried: false };
  },
  property(reading, { name }) {
    if (name === 'go.version') reading.hint += ' go.version';
  },
  failure: fail,
  error: fail,
  skipped({ open }) {
    if (open?.outcome === 'ok') open.outcome = 'skipped';
  },
  flakyFailure: retry,
  flakyError: retry,
  rerunFailure: retry,
  rerunError: retry,
};

function retry({ open }: Reading): void {
  if (open) open.retried = true;
}

function fail({ open }: Reading): void {
  if (open) open.outcome = 'failed';
}

/**
 * Reads JUnit XML of vitest, jest-junit, pytest, go-junit-report and Maven. External files are never read. Document type declarations are
 * rejected, so custom entities are impossible. @throws an error with the reason as its message
 */
export function readJunit(text: string): TestReport {
  const reading: Reading = { suites: [], began: null, wall: { root: 0, suites: 0 }, open: null, cases: [], hint: '' };
  let depth = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw new Error(`it is not valid XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new Error('it has a document type declaration, which test reports do not need');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MOST_DEPTH) throw new Error(`its elements are nested more than ${MOST_DEPTH} deep`);
    if (depth === 1 && name !== 'testsuites' && name !== 'testsuite')
      throw new Error('it is not a test report: its root element is neither testsuites nor testsuite');
    if (Object.hasOwn(begins, name)) begins[name]!(reading, attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    if (name === 'testsuite') reading.suites.pop();
    if (name !== 'testcase' || !reading.open) return;
    reading.cases.push(reading.open);
    reading.open = null;
  });
  parser.write(text).close();
  const { began, wall, cases, hint } = reading;
  const framework = frameworkOf(hint, text);
  // The total time of vitest is not a wall time. It is the sum over test files that run in parallel.
  const time = wall.root > 0 && framework !== 'vitest' ? 'wall' : 'sum';
  return { framework, began, wall_ms: wall.root || wall.suites, time, cases: retriesIn(cases) };
}

const frameworks: [RegExp, string][] = [
  [/^\s*vitest\b/, 'vitest'],
  [/^\s*jest\b/, 'jest'],
  [/^\s*pytest\b/, 'pytest'],
  [/go\.version/, 'go'],
];

/** The name of the framework that wrote the report; `junit` if the framework is not recognised. */
function frameworkOf(hint: string, text: string): string {
  const named = frameworks.find(([pattern]) => pattern.test(hint))?.[1];
  return named ?? (text.slice(0, 2000).includes('maven.apache.org/surefire') ? 'maven' : 'junit');
}

/**
 * Merges tests that occur several times in one report, because repeated tests are retries. A merged test has the result of the last retry.
 */
export function retriesIn(cases: readonly TestCase[]): TestCase[] {
  const last = new Map<string, TestCase>();
  for (const one of cases) {
    const key = `${one.suite}\0${one.name}`;
    const before = last.get(key);
    const differs = before !== undefined && before.outcome !== one.outcome;
    last.set(key, { ...one, ms: one.ms + (before?.ms ?? 0), retried: one.retried || differs });
  }
  return [...last.values()];
}
