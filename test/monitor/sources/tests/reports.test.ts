import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command as importing } from '../../../../src/cli/commands/monitor/import.ts';
import { command as tests } from '../../../../src/cli/commands/monitor/tests.ts';
import { rated } from '../../../../src/monitor/analytics/tests.ts';
import type { Imported } from '../../../../src/monitor/sources/tally.ts';
import { eventsOfRun } from '../../../../src/monitor/sources/tests/events.ts';
import { readTestReport } from '../../../../src/monitor/sources/tests/read.ts';
import type { TestCase } from '../../../../src/monitor/sources/tests/report.ts';
import { keepWithin } from '../../../../src/monitor/store/retention.ts';
import { testRowsIn } from '../../../../src/monitor/store/tests.ts';
import { writerOf } from '../../../../src/monitor/store/write.ts';
import type { TestTable } from '../../../../src/monitor/tests-in.ts';
import { call } from '../../../helpers/call.ts';
import { folder, put } from '../../../helpers/folder.ts';
import { DAY, noon } from '../../events.ts';
import { drivers, store } from '../../store/drivers.ts';

const now = new Date(Date.now() - 60_000).toISOString();

const testcase = (suite: string, name: string, inside = '', seconds = '0.5') =>
  `<testcase classname="${suite}" name="${name}" time="${seconds}">${inside}</testcase>`;
const junit = (name: string, seconds: number, ...cases: string[]) =>
  `<?xml version="1.0"?><testsuites name="${name}" time="${seconds}"><testsuite name="s" timestamp="${now}" time="${seconds}">${cases.join('')}</testsuite></testsuites>`;

/** Every format with the same three tests: one passes, one fails, one is skipped. */
const forms: Record<string, [file: string, text: string, framework: string]> = {
  vitest: [
    'a.xml',
    junit(
      'vitest tests',
      1,
      testcase('a.ts', 'x'),
      testcase('a.ts', 'y', '<failure/>'),
      testcase('a.ts', 'z', '<skipped/>'),
    ),
    'vitest',
  ],
  pytest: [
    'b.xml',
    junit(
      'pytest',
      1,
      testcase('a.ts', 'x'),
      testcase('a.ts', 'y', '<error>E</error>'),
      testcase('a.ts', 'z', '<skipped type="pytest.skip"/>'),
    ),
    'pytest',
  ],
  maven: [
    'c.xml',
    `<testsuite xmlns:xsi="x" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd" name="s" time="1,000.5">${testcase('a.ts', 'x')}${testcase('a.ts', 'y', '<failure/>')}${testcase('a.ts', 'z', '<skipped/>')}</testsuite>`,
    'maven',
  ],
  go: [
    'd.xml',
    `<testsuites><testsuite name="s" time="1"><properties><property name="go.version" value="1"/></properties>${testcase('a.ts', 'x')}${testcase('a.ts', 'y', '<failure/>')}${testcase('a.ts', 'z', '<skipped/>')}</testsuite></testsuites>`,
    'go',
  ],
  'the JSON of vitest': [
    'e.json',
    JSON.stringify({
      numTotalTests: 3,
      startTime: 1000,
      testResults: [
        {
          name: '/p/a.ts',
          endTime: 3000,
          assertionResults: ['passed', 'failed', 'pending'].map((status, i) => ({
            fullName: 'xyz'[i],
            status,
            duration: 500,
          })),
        },
      ],
    }),
    'vitest',
  ],
  'the log of pytest': [
    'f.jsonl',
    ['passed', 'failed', 'skipped']
      .map((outcome, i) =>
        JSON.stringify({
          $report_type: 'TestReport',
          nodeid: `a.ts::${'xyz'[i]}`,
          outcome,
          when: 'call',
          duration: 0.5,
        }),
      )
      .join('\n'),
    'pytest',
  ],
};

it.each(Object.entries(forms))('%s is recognised by its content', (_, [name, text, framework]) => {
  const file = join(folder(), name);
  put(join(file, '..'), name, text);
  const { report } = readTestReport(file, '/p');
  expect(report.framework).toBe(framework);
  expect(report.cases.map(({ suite, name: test, outcome }) => [suite, test, outcome])).toEqual([
    ['a.ts', 'x', 'ok'],
    ['a.ts', 'y', 'failed'],
    ['a.ts', 'z', 'skipped'],
  ]);
  expect(report.cases[0]!.ms).toBe(500);
});

it.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><testsuites/>', 'document type'],
  ['a custom entity', '<testsuites><testsuite name="&b;"/></testsuites>', 'not valid XML'],
  ['too deeply nested elements', '<testsuites>'.repeat(70), 'deep'],
  ['half a file', '<testsuites><testsuite', 'not valid XML'],
  ['another XML', '<html/>', 'not a test report'],
  ['something else', 'hello', 'not a test report'],
  ['a report without tests', '<testsuites/>', 'no test'],
])('%s is refused with a reason', (_, text, reason) => {
  const root = folder();
  put(root, 'a.xml', text);
  expect(() => readTestReport(join(root, 'a.xml'), root)).toThrow(reason);
});

it('a run of some tests is compared with the last full run, and the same report counts once', async () => {
  const root = folder();
  const of = { cwd: root, env: { HOME: root, PERF_GATE_MONITOR_HOME: join(root, 'monitor') } };
  const names = Array.from({ length: 10 }, (_, i) => testcase('a', `t${i}`));
  put(root, 'all.xml', junit('jest tests', 10, ...names));
  put(
    root,
    'some.xml',
    junit('jest tests', 11, ...names)
      .replace('time="11"', 'time="3"')
      .replace(names.slice(4).join(''), testcase('a', 'flaky', '<flakyFailure/>')),
  );
  const take = async (...junit: string[]) =>
    JSON.parse((await call(importing, of, [], { junit, json: true })).out) as Imported;
  expect(await take('all.xml', 'some.xml')).toMatchObject({ files: 2, unreadable: [] });
  expect(await take('all.xml')).toMatchObject({ added: 0, known: 12 });
  const found = JSON.parse((await call(tests, of, [], { json: true })).out) as TestTable;
  expect(found.runs.map(({ n }) => n).sort()).toEqual([10, 5]);
  expect(found.tests.filter(({ flaky }) => flaky).map(({ test }) => test)).toEqual(['flaky']);
  expect((await call(tests, of, [], {})).out).toContain('Slowest tests');
});

it('a selection has its share of the tests and of the time of the last full run', () => {
  const run = (t: number, n: number, ms: number) => ({
    run: String(t),
    t,
    series: 's',
    n,
    skipped: 0,
    failed: 0,
    ms,
    commit: null,
  });
  expect(
    rated([run(3, 96, 90), run(2, 30, 25), run(1, 100, 100)]).map((one) => [
      one.full,
      one.selection_ratio,
      one.saved_pct,
    ]),
  ).toEqual([
    [true, null, null],
    [false, 0.3, 75],
    [true, null, null],
  ]);
});

it.each(drivers)(
  'a test is flaky if it failed and passed on the same commit, but not on different commits, with %s',
  async (driver) => {
    const flaky = async (...tries: [ok: boolean, commit: string | null][]) => {
      const db = await store(driver);
      const cases = (ok: boolean): TestCase[] => [
        { suite: 's', name: 't', ms: 1, outcome: ok ? 'ok' : 'failed', retried: false },
        { suite: 's', name: 'skipped', ms: 0, outcome: 'skipped', retried: false },
      ];
      const events = tries.flatMap(([ok, commit], i) =>
        eventsOfRun(
          { framework: 'vitest', began: null, wall_ms: 1, time: 'wall', cases: cases(ok) },
          { project: 'p', commit, t: noon + i, identity: String(i), isOwn: () => true },
        ),
      );
      for (const _ of ['once', 'again']) writerOf(db, { compress: true }).add(events, 0);
      const rows = testRowsIn(db, { since: noon, until: noon + DAY });
      expect(rows.map(({ test, runs, failed }) => [test, runs, failed])).toEqual([
        ['t', tries.length, tries.filter(([ok]) => !ok).length],
      ]);
      return rows[0]!.flaky;
    };
    expect(await flaky([false, 'a'], [true, 'a'])).toBe(true);
    expect(await flaky([true, 'a'], [false, 'a'])).toBe(true);
    expect(await flaky([false, 'a'], [true, 'b'])).toBe(false);
    expect(await flaky([false, null], [true, null])).toBe(false);
  },
);

it('tests are deleted with the events of their days', async () => {
  const db = await store();
  const run = (name: string, t: number) =>
    eventsOfRun(
      {
        ...{ framework: 'vitest', began: null, wall_ms: 1, time: 'wall' },
        cases: [{ suite: 's', name, ms: 1, outcome: 'ok', retried: false }],
      },
      { project: 'p', commit: 'a', t, identity: name, isOwn: () => true },
    );
  writerOf(db, { compress: true }).add([...run('old', noon), ...run('new', noon + 20 * DAY)], 0);
  keepWithin(db, { retention_days: 10, hourly_days: 400, max_storage_mb: 1024 }, noon + 20 * DAY);
  for (const table of ['test_day', 'test_last'])
    expect(db.all(`SELECT test FROM ${table}`), table).toEqual([{ test: 'new' }]);
});
