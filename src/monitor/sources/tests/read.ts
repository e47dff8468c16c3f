import { readUserFile } from '../../../core/user-file.ts';
import { readJestJson, readPytestLog } from './json-reports.ts';
import { readJunit } from './junit.ts';
import type { TestReport } from './report.ts';

const MOST_BYTES = 64 * 1024 ** 2;
/** A report can have at most this number of tests. */
const MOST_CASES = 200_000;

/** A reader for each format, in the order in which they are tried. A reader returns null if the text has another format. */
const forms: readonly ((text: string, folder: string) => TestReport | null)[] = [
  (text) => (/^\s*</.test(text) ? readJunit(text) : null),
  (text, folder) => readJestJson(jsonIn(text), folder),
  (text) => readPytestLog(text.split('\n').map(jsonIn)),
];

/**
 * Reads a test report and returns it with its text. `folder`: the folder of the project. @throws an error with the reason as its message,
 * if the file is not a regular file, is too large, or has an unknown format
 */
export function readTestReport(file: string, folder: string): { report: TestReport; text: string } {
  const text = readUserFile(file, MOST_BYTES)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  for (const read of forms) {
    const report = read(text, folder);
    if (!report) continue;
    if (report.cases.length === 0) throw new Error('it contains no test');
    if (report.cases.length > MOST_CASES) throw new Error(`it contains more than ${MOST_CASES} tests`);
    return { report, text };
  }
  throw new Error(
    'it is not a test report. perf-gate reads JUnit XML, the JSON of vitest or jest, and pytest’s --report-log',
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
