import { oneLine } from '../core/text.ts';
import { html, trusted } from './markup.ts';

/** A test case of a JUnit report: one benchmark. `skipped`: undecided. `text`: why. */
export type JunitCase = { name: string; outcome: 'passed' | 'failed' | 'skipped'; text: string };

const declaration = trusted('<?xml version="1.0" encoding="UTF-8"?>\n');

/** Replaces U+FFFE and U+FFFF, which XML 1.0 forbids and `html` does not remove. */
const allowed = (value: string) => value.replace(/[\ufffe\uffff]/g, '\ufffd');

/** A JUnit report with one test case for each benchmark. */
export function junitReport(cases: readonly JunitCase[]): string {
  const n = (outcome: JunitCase['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const counts = html`tests="${cases.length}" failures="${n('failed')}" errors="0" skipped="${n('skipped')}"`;
  return html`${declaration}<testsuites name="perf-gate" ${counts}>
  <testsuite name="perf-gate" ${counts}>${cases.map(caseMarkup)}
  </testsuite>
</testsuites>
`.markup;
}

function caseMarkup({ name, outcome, text }: JunitCase) {
  const why = allowed(oneLine(text));
  const inner = {
    passed: html`<system-out>${why}</system-out>`,
    failed: html`<failure message="${why}"/>`,
    skipped: html`<skipped message="${why}"/>`,
  }[outcome];
  return html`
    <testcase classname="perf-gate" name="${allowed(oneLine(name))}">${inner}</testcase>`;
}
