import { readUserFile } from '../../../core/user-file.ts';
import { readJestJson, readPytestLog } from './json-reports.ts';
import { readJunit } from './junit.ts';
import type { TestReport } from './report.ts';

const MOST_BYTES = 64 * 1024 ** 2;
/** Tests of one report at most. */
const MOST_CASES = 200_000;

/** A reader for each form, in the order in which they are tried; null: it is not of that form. */
const forms: readonly ((text: string, folder: string) => TestReport | null)[] = [
  (text) => (/^\s*</.test(text) ? readJunit(text) : null),
  (text, folder) => readJestJson(jsonIn(text), folder),
  (text) => readPytestLog(text.split('\n').map(jsonIn)),
];

/**
 * A report of tests and its text. `folder`: of the project.
 * @throws an error whose message is the reason: no regular file, too long, of no known form
 */
export function readTestReport(file: string, folder: string): { report: TestReport; text: string } {
  const text = readUserFile(file, MOST_BYTES)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  for (const read of forms) {
    const report = read(text, folder);
    if (!report) continue;
    if (report.cases.length === 0) throw new Error('it tells of no test');
    if (report.cases.length > MOST_CASES) throw new Error(`it tells of more than ${MOST_CASES} tests`);
    return { report, text };
  }
  throw new Error('it is no report of tests: JUnit’s XML, the JSON of vitest or jest, or pytest’s --report-log');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
