import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { junitReport } from '../../src/report/junit.ts';
import { suiteCases } from '../../src/report/junit-cases.ts';
import { suiteOf } from './suite-of.ts';

it('is well-formed for every benchmark name, and counts failures and undecided benchmarks', () => {
  const name = 'a <b> & "c" \'d\' ]]> \u0000\u0007\ufffe \ud800 é\nnext';
  const text = junitReport([
    { name, outcome: 'passed', text: 'held' },
    { name: 'slow', outcome: 'failed', text: `regressed ${name}` },
    { name: 'noisy', outcome: 'skipped', text: 'undecided' },
  ]);
  const seen: [string, Record<string, string>][] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => seen.push([tag.name, tag.attributes as Record<string, string>]));
  parser.write(Buffer.from(text, 'utf8').toString('utf8')).close();
  expect(seen.map(([tag]) => tag)).toEqual([
    'testsuites',
    'testsuite',
    'testcase',
    'system-out',
    'testcase',
    'failure',
    'testcase',
    'skipped',
  ]);
  expect(seen[1]![1]).toMatchObject({ tests: '3', failures: '1', errors: '0', skipped: '1' });
  expect(seen[2]![1].name).toContain('a <b> & "c" \'d\' ]]>');
});

it('skips the benchmarks that only one commit has', () => {
  expect(suiteCases(suiteOf()).slice(-3)).toMatchObject([
    { name: 'broken', outcome: 'failed' },
    { name: 'new', outcome: 'skipped', text: 'new in the head' },
    { name: 'old', outcome: 'skipped', text: 'missing in the head' },
  ]);
});
