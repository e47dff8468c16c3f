import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { mistakes } from '../contract/text.ts';
import { execute, perfGate } from '../helpers/cli.ts';
import { repository, temporaryFolder } from '../helpers/repository.ts';
import { blocks } from './pages.ts';
import { pattern, steps } from './steps.ts';

const perfgate = perfGate();
const page = blocks('docs/tutorial.md');

/** The files that a reader makes: `js report.mjs` after the fence names the language and the file. */
const files = Object.fromEntries(
  page.flatMap(({ info, text }) => {
    const [, name] = /^(?:js|json|yaml) (\S+)$/.exec(info) ?? [];
    return name ? [[name, text]] : [];
  }),
);

test('the commands of the tutorial that measure nothing print what the page shows', async () => {
  const repo = repository({});
  for (const [name, text] of Object.entries(files)) repo.write(name, text);
  const bin = temporaryFolder('perf-gate-bin-');
  writeFileSync(join(bin, 'perf-gate'), `#!/bin/sh\nexec '${process.execPath}' '${perfgate.bin()}' "$@"\n`);
  chmodSync(join(bin, 'perf-gate'), 0o755);
  const env = { ...perfgate.env(), PATH: `${bin}${delimiter}${process.env.PATH}` };
  const typed = page.filter(({ info }) => info === 'console tutorial').flatMap(steps);
  for (const { command, expected } of typed) {
    const { stdout } = await execute('/bin/sh', ['-c', `{ ${command}\n} 2>&1`], { cwd: repo.root, env });
    expect(stdout, command).toMatch(pattern(expected));
  }
  expect(Object.keys(files)).toHaveLength(5);
  expect(typed.filter(({ command }) => command.startsWith('perf-gate')).length).toBeGreaterThan(4);
});

test('both fixes of the tutorial keep the output, and its contract is valid', async () => {
  const fixes = page.filter(({ info, text }) => info === 'js' && text.startsWith('export function count'));
  const repo = repository(files);
  const run = () => execute(process.execPath, ['report.mjs'], { cwd: repo.root, env: process.env });
  const { stdout: before } = await run();
  expect(fixes).toHaveLength(2);
  expect(mistakes(files['perf-gate.yaml']!)).toEqual([]);
  for (const { text } of fixes) {
    repo.write('count.mjs', text);
    expect((await run()).stdout).toBe(before);
  }
});
