import { expect, it } from 'vitest';
import { matchesProtected } from '../../src/contract/protects.ts';
import { testGlobs } from '../../src/scoping/recon/tests.ts';
import { readTree } from '../../src/scoping/recon/tree.ts';
import { folder } from '../helpers/folder.ts';

/** The test files of a project without a manifest, and a file of the program that no glob may match. */
it.each([
  ['report.test.mjs', 'report.mjs'],
  ['test-report.mjs', 'latest.mjs'],
  ['report_test.js', 'report.js'],
  ['test_report.py', 'report.py'],
  ['report_test.go', 'report.go'],
  ['report_spec.rb', 'report.rb'],
  ['src/ReportTest.java', 'src/Report.java'],
  ['report_test.exs', 'report.ex'],
  ['test_report.c', 'report.c'],
  ['packages/app/test/all.mjs', 'packages/app/all.mjs'],
])('finds the test %s without a manifest, and not the program %s', (test, program) => {
  const root = folder({ [test]: '', [program]: '' });
  expect(matchesProtected([test, program], testGlobs(readTree(root)))).toEqual([test]);
});
