import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInWorkflow, readWorkflow } from '../src/record/workflow.ts';
import { importsOf, type Source, sourceViolations, testViolations } from './architecture/rules.ts';

const root = join(import.meta.dirname, '..');

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(root, folder, path), 'utf8') }));
}

const sources = sourcesIn('src');

describe('the sources', () => {
  it('are all seen', () => {
    expect(sources.length).toBeGreaterThan(150);
    const folders = new Set(sources.map(({ path }) => path.split('/')[1]));
    expect([...folders].sort()).toEqual([
      'agent',
      'artifact',
      'cli',
      'contract',
      'core',
      'git',
      'measure',
      'profile',
      'report',
      'stages',
      'stats',
      'workflow',
    ]);
    expect(sources.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(1000);
  });

  it('import one way, reach the world through single doors, and stay short', () => {
    expect(sourceViolations(sources)).toEqual([]);
  });

  it('are tested in short files too', () => {
    const tests = sourcesIn('test');
    expect(tests.length).toBeGreaterThan(50);
    expect(testViolations(tests)).toEqual([]);
  });
});

describe('a planted violation is caught:', () => {
  it.each<[path: string, text: string, caught: RegExp]>([
    ['src/git/a.ts', "import { b } from '../measure/b.ts';", /imports src\/measure\/b\.ts, which is not below it/],
    ['src/core/a.ts', "import type { B } from '../stats/b.ts';", /imports src\/stats\/b\.ts/],
    ['src/stats/a.ts', "import { b } from '../core/units.ts';", /imports src\/core\/units\.ts/],
    ['src/measure/sources/a.ts', "const b = await import('../../workflow/b.ts');", /imports src\/workflow\/b\.ts/],
    ['src/report/a.ts', "export { b } from '../stages/shared/b.ts';", /imports src\/stages\/shared\/b\.ts/],
    ['src/stages/a.ts', "import '../workflow/b.ts';", /imports src\/workflow\/b\.ts/],
    ['src/unheard/a.ts', "import { b } from '../core/b.ts';", /imports src\/core\/b\.ts/],
    ['src/stages/fix.ts', "import { verdict } from './verdict.ts';", /imports the stage src\/stages\/verdict\.ts/],
    ['src/stages/shared/a.ts', "import { fix } from '../fix.ts';", /imports the stage src\/stages\/fix\.ts/],
    ['src/git/a.ts', "import { b } from './b';", /without its ending/],
    ['src/record/machine.ts', "import { run } from '../core/exec.ts';", /machine\.ts: imports/],
    ['src/git/a.ts', "import { spawn } from 'node:child_process';", /spawns/],
    ['src/git/a.ts', "import { type ChildProcess, spawn } from 'node:child_process';", /spawns/],
    ['src/agent/a.ts', "const { execa } = await import('execa');", /loads execa/],
    ['src/stages/a.ts', "await run('git', ['status']);", /calls git/],
    ['src/artifact/a.ts', "import { readFileSync, writeFileSync } from 'node:fs';", /writes files/],
    ['src/artifact/a.ts', "import { rm } from 'node:fs/promises';", /writes files/],
    ['src/artifact/a.ts', "import * as fs from 'node:fs';", /writes files/],
    ['src/stages/a.ts', 'const at = Date.now();', /reads the clock/],
    ['src/stages/a.ts', 'const at = new Date();', /reads the clock/],
    ['src/workflow/a.ts', "console.log('hello');", /prints/],
    ['src/workflow/a.ts', "process.stderr.write('hello');", /prints/],
    ['src/stages/a.ts', 'const home = process.env.HOME;', /reads the process/],
    ['src/workflow/a.ts', 'process.exit(1);', /ends the process/],
    ['src/workflow/a.ts', 'export class Manager {}', /makes a class/],
    ['src/cli/a.ts', 'x\n'.repeat(251), /has 251 lines, at most 250/],
  ])('%s with %j', (path, text, caught) => {
    expect(sourceViolations([{ path, text }])).toEqual([expect.stringMatching(caught)]);
  });

  it('and a test that is too long', () => {
    expect(testViolations([{ path: 'test/a.test.ts', text: 'x\n'.repeat(301) }])).toHaveLength(1);
  });

  it('while what is allowed passes', () => {
    const fine = [
      {
        path: 'src/cli/a.ts',
        text: "import { b } from '../workflow/b.ts';\nimport type { C } from '../stats/c.ts';\nconsole.log(b);",
      },
      {
        path: 'src/measure/a.ts',
        text: "import type { ChildProcess } from 'node:child_process';\nimport { readFile } from 'node:fs/promises';",
      },
      { path: 'src/stages/index.ts', text: "import { fix } from './fix.ts';" },
    ];
    expect(sourceViolations(fine)).toEqual([]);
  });
});

describe('a stage has one name in every place:', () => {
  const { definition } = readWorkflow(builtInWorkflow());
  const table = readFileSync(join(root, 'src/stages/index.ts'), 'utf8');
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  const manual = docs.map((name) => readFileSync(join(root, 'docs', name), 'utf8')).join('\n');

  it.each(Object.keys(definition.stages))('%s', (stage) => {
    const { instructions, template } = definition.stages[stage]!;
    expect([instructions, template]).toEqual([`stages/${stage}.md`, `templates/${stage}.md`]);
    for (const path of [instructions, template, `src/stages/${stage}.ts`])
      expect(existsSync(join(root, path))).toBe(true);
    expect(table).toMatch(new RegExp(`const stages[^{]*\\{[^}]*\\b${stage}\\b`));
    expect(manual).toMatch(new RegExp(`\`${stage}\``));
  });

  it('and there is no text of a stage that is none', () => {
    for (const folder of ['stages', 'templates'])
      expect(readdirSync(join(root, folder)).sort()).toEqual(
        Object.keys(definition.stages)
          .map((s) => `${s}.md`)
          .sort(),
      );
  });
});
