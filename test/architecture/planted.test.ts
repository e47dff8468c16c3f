import { describe, expect, it } from 'vitest';
import { doors } from './doors.ts';
import { sourceRules, testRules, violations } from './rules.ts';
import { sourceOf } from './source.ts';

type Rule = keyof typeof sourceRules;
type Planted = [rule: Rule, path: string, text: string, caught: RegExp];

const read = (files: Record<string, string>) => Object.entries(files).map(([path, text]) => sourceOf(path, text));

const planted: Planted[] = [
  ['a known folder', 'src/unheard/a.ts', 'export const a = 1;', /lies in no folder/],
  ['a known folder', 'src/a.ts', 'export const a = 1;', /lies in no folder/],
  ['one way', 'src/core/a.ts', "import type { B } from '../measure/b.ts';", /imports src\/measure\/b\.ts, but measure/],
  ['one way', 'src/git/a.ts', "import { b } from '../measure/b.ts';", /measure does not come after git/],
  ['one way', 'src/stats/a.ts', "import { b } from '../core/units.ts';", /core does not come after stats/],
  ['one way', 'src/cli/a.ts', "import { b } from '../api/b.ts';", /api does not come after cli/],
  [
    'one way',
    'src/bench/a.ts',
    "export { b } from '../compare/b.ts';\nconst c = 1;",
    /compare does not come after bench/,
  ],
  ['one way', 'src/measure/sources/a.ts', "const b = await import('../../run/b.ts');", /imports src\/run\/b\.ts/],
  ['one way', 'src/record/a.ts', "let b: import('../report/b.ts').B;", /imports src\/report\/b\.ts/],
  ['one way', 'src/cage/a.ts', "import '../agent/b.ts';", /imports src\/agent\/b\.ts/],
  ['one way', 'src/sentinel/a.ts', "import '../fleet/b.ts';", /imports src\/fleet\/b\.ts/],
  ['one way', 'src/core/a.ts', "import facts from '../../package.json';", /imports package\.json/],
  ['spelled out', 'src/git/a.ts', "import { b } from './b';", /without its ending/],
  ['no circle', 'src/git/a.ts', "import type { A } from './a.ts';", /src\/git\/a\.ts → src\/git\/a\.ts/],
  ['stages apart', 'src/stages/fix.ts', "import { verdict } from './verdict.ts';", /a file of the stage verdict/],
  ['stages apart', 'src/stages/fix.ts', "import { b } from './profile/b.ts';", /a file of the stage profile/],
  ['stages apart', 'src/stages/index.ts', "import { b } from './profile/b.ts';", /a file of the stage profile/],
  ['stages apart', 'src/stages/any-actor.ts', "import { fix } from './fix.ts';", /a file of the stage fix/],
  ['stages apart', 'src/stages/any-actor.ts', "import { stages } from './index.ts';", /imports the table/],
  ['stages apart', 'src/run/a.ts', "import { b } from '../stages/scoping.ts';", /a file of the stage scoping/],
  ['folders of stages', 'src/stages/many/a.ts', 'export const a = 1;', /named after no stage/],
  ['stages uncompared', 'src/run/a.ts', "if (state.stage === 'fix') go();", /compares with the name of a stage/],
  ['stages uncompared', 'src/run/a.ts', "const a = 'verdict' !== stage;", /compares with the name of a stage/],
  ['stages uncompared', 'src/cli/a.ts', "const a = ['fix', 'remeasure'].includes(stage);", /compares with/],
  ['stages uncompared', 'src/cli/a.ts', "switch (stage) { case 'fix': go(); }", /compares with the name of a stage/],
  ['a pure machine', 'src/record/machine.ts', "import { run } from '../core/exec.ts';", /it must stay pure/],
  ['names that say something', 'src/git/utils.ts', 'export const a = 1;', /“utils” says nothing/],
  ['names that say something', 'src/git/shared/a.ts', 'export const a = 1;', /“shared” says nothing/],
  ['names that say something', 'src/measure/helpers.mjs', 'export const a = 1;', /“helpers” says nothing/],
  ['names that say something', 'src/cli/common/a.ts', 'export const a = 1;', /“common” says nothing/],
  ['no barrel', 'src/git/a.ts', "export { b } from './b.ts';\nexport * from './c.ts';", /only passes on/],
  [
    'no barrel',
    'src/git/a.ts',
    "import { c } from './c.ts';\nexport { b } from './b.ts';\nexport { c };",
    /only passes on/,
  ],
  ['nothing invented', 'src/compare/a.ts', "const contract = { repro: { script: 'none' } };", /invents a contract/],
  ['nothing invented', 'src/cli/a.ts', 'show({ ...judged, attempt: 0 });', /invents an attempt/],
  ['short', 'src/cli/a.ts', 'x\n'.repeat(251), /has 251 lines, at most 250/],
];

/** What goes past each door, by what the door does. */
const past: [does: string, path: string, text: string][] = [
  ['spawns', 'src/git/a.ts', "import { spawn } from 'node:child_process';"],
  ['spawns', 'src/git/a.ts', "import { type ChildProcess, spawn } from 'node:child_process';"],
  ['spawns', 'src/agent/a.ts', "const { execa } = await import('execa');"],
  ['spawns', 'src/profile/a.ts', "import { Worker } from 'node:worker_threads';"],
  ['calls git', 'src/stages/a.ts', "await run('git', ['status']);"],
  ['writes files', 'src/artifact/a.ts', "import { readFileSync, writeFileSync } from 'node:fs';"],
  ['writes files', 'src/artifact/a.ts', "import { rm } from 'node:fs/promises';"],
  ['writes files', 'src/artifact/a.ts', "import * as fs from 'node:fs';"],
  ['writes files', 'src/artifact/a.ts', "import { openSync } from 'node:fs';\nopenSync(file, 'a');"],
  ['prints', 'src/run/a.ts', "console.log('hello');"],
  ['prints', 'src/run/a.ts', "process.stderr.write('hello');"],
  ['prints', 'src/run/a.ts', 'const { stdout } = process;'],
  ['reads the clock', 'src/stages/a.ts', 'const at = Date.now();'],
  ['reads the clock', 'src/stages/a.ts', 'const at = new Date();'],
  ['reads the clock', 'src/stages/a.ts', 'const at = Date();'],
  ['reads the clock', 'src/measure/a.ts', 'const at = performance.now();'],
  ['reads the clock', 'src/measure/a.ts', "import { performance } from 'node:perf_hooks';"],
  ['reads the environment of the process', 'src/stages/a.ts', 'const home = process.env.HOME;'],
  ['reads the environment of the process', 'src/stages/a.ts', 'const { env } = process;'],
  ['reads the environment of the process', 'src/plan/a.ts', 'const here = process.cwd();'],
  ['ends the process', 'src/run/a.ts', 'process.exit(1);'],
  ['ends the process', 'src/run/a.ts', 'process.exitCode = 1;'],
  ['reaches the process by another name', 'src/run/a.ts', "import { env } from 'node:process';"],
  ['opens a database', 'src/monitor/a.ts', "const { DatabaseSync } = await import('node:sqlite');"],
  ['speaks to PostgreSQL', 'src/fleet/a.ts', "import pg from 'pg';"],
  ['listens', 'src/monitor/a.ts', "import { createServer } from 'node:http';"],
  ['listens', 'src/measure/a.ts', "import * as net from 'node:net';"],
  ['listens', 'src/cage/a.ts', 'server.listen(0);'],
  ['makes a class', 'src/run/a.ts', 'export class Manager {}'],
];

describe('a planted violation is caught by its rule alone:', () => {
  it.each(planted)('%s: %s with %j', (rule, path, text, caught) => {
    expect(violations(read({ [path]: text }))).toEqual([{ rule, text: expect.stringMatching(caught) }]);
  });

  it.each(past)('%s: %s with %j', (does, path, text) => {
    expect(violations(read({ [path]: text }))).toEqual([{ rule: 'single doors', text: `${path}: ${does}` }]);
  });

  it('a circle through types and dynamic imports is named', () => {
    const circle = {
      'src/git/a.ts': "import type { B } from './b.ts';",
      'src/git/b.ts': "const c = await import('./c.ts');",
      'src/git/c.ts': "export { a } from './a.ts';\nexport const d = 1;",
      'src/git/d.ts': "import { a } from './a.ts';",
    };
    expect(violations(read(circle))).toEqual([
      {
        rule: 'no circle',
        text: expect.stringMatching(/a\.ts → src\/git\/b\.ts → src\/git\/c\.ts → src\/git\/a\.ts$/),
      },
    ]);
  });

  it('each rule and each door has one', () => {
    const tried = new Set<string>([...planted.map(([rule]) => rule), 'single doors']);
    expect(Object.keys(sourceRules).filter((rule) => !tried.has(rule))).toEqual([]);
    expect(doors.map(({ does }) => does).filter((does) => !past.some(([tried]) => tried === does))).toEqual([]);
  });
});

describe('a planted violation in test/ is caught:', () => {
  const rules = testRules(['src/git/arms.ts', 'src/profile/rank/hotspots.ts']);

  it.each<[rule: keyof typeof rules, path: string, text: string, caught: RegExp]>([
    ['mirror of src', 'test/git/a.test.ts', "import { b } from '../../src/core/b.ts';", /tests nothing of src\/git/],
    ['mirror of src', 'test/unheard/a.ts', '', /there is no src\/unheard/],
    ['mirror of src', 'test/profile/flame/a.ts', '', /there is no src\/profile\/flame/],
    ['mirror of src', 'test/a.test.ts', '', /there is no src\/ /],
    ['short tests', 'test/crash/a.test.ts', 'x\n'.repeat(301), /has 301 lines, at most 300/],
  ])('%s: %s with %j', (rule, path, text, caught) => {
    expect(violations(read({ [path]: text }), rules)).toEqual([{ rule, text: expect.stringMatching(caught) }]);
  });

  it('a test in the folder of its subject passes', () => {
    const tests = {
      'test/git/a.test.ts': "import { arms } from './setup.ts';",
      'test/git/setup.ts': "import { arms } from '../../src/git/arms.ts';",
      'test/git/b.test.ts': "import { cli } from '../helpers/cli.ts';",
      'test/profile/rank/a.test.ts': "import { hotspots } from '../../../src/profile/rank/hotspots.ts';",
      'test/crash/a.test.ts': "import { arms } from '../../src/git/arms.ts';",
    };
    expect(violations(read(tests), rules)).toEqual([]);
  });
});

it('allowed imports pass', () => {
  const fine = {
    'src/cli/index.ts': "import manifest from '../../package.json' with { type: 'json' };",
    'src/cli/a.ts': "import { b } from '../run/b.ts';\nimport type { C } from '../stats/c.ts';\nconsole.log(b);",
    'src/measure/a.ts':
      "import type { ChildProcess } from 'node:child_process';\nimport { readFile } from 'node:fs/promises';",
    'src/measure/b.ts': "import { openSync } from 'node:fs';\nconst fd = openSync(file, 'r');",
    'src/measure/service.ts': "import { connect } from 'node:net';",
    'src/report/a.ts':
      "// console.log(new Date())\nconst text = 'process.env'; if (event.kind === 'verdict') show(new Date(at));",
    'src/stages/index.ts': "import { fix } from './fix.ts';\nimport { profile } from './profile/profile.ts';",
    'src/stages/profile/profile.ts': "import { b } from './b.ts';\nimport { c } from '../work-tree.ts';",
    'src/stages/fix.ts': "if (stage === 'fix') go();",
    'src/monitor/store/open.ts': "const { DatabaseSync } = await import('node:sqlite');",
    'src/monitor/serve.ts': "import { createServer } from 'node:http';",
    'src/fleet/queue.ts': "import pg from 'pg';",
    'src/api/a.ts': "export { b } from '../compare/b.ts';\nexport const version = 1;",
    'src/record/machine.ts': "import { setup } from 'xstate';\nimport type { Position } from './fold.ts';",
  };
  expect(violations(read(fine))).toEqual([]);
});
