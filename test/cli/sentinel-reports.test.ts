import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { perfGate } from '../helpers/cli.ts';
import { unsound } from '../helpers/page.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();
const audit = ['sentinel', 'audit', '--static', '--plugins', resolve('examples/hooks')];

it('an audit is written as a page and printed as Markdown', async () => {
  const cwd = temporaryFolder();
  const { stdout, stderr, code } = await perfgate.run(cwd, ...audit, '--html', 'to/audit.html', '--markdown', '-');
  expect(code).toBe(0);
  expect(stderr).toContain(join(cwd, 'to/audit.html'));
  expect(stdout).toMatch(/^## Hooks of Claude Code: \d+\/100/);
  expect(stdout).toContain('`projman/hooks/startup-check.sh:17, 18`');
  const page = readFileSync(join(cwd, 'to/audit.html'), 'utf8');
  expect(unsound(page)).toEqual([]);
  expect(page).toContain('session-janitor/PreToolUse/guard.sh never runs');
});

it('with --json, Markdown goes into a file', async () => {
  const cwd = temporaryFolder();
  const made = await perfgate.json<{ hooks: unknown[] }>(cwd, ...audit, '--markdown', 'audit.md');
  expect(made.hooks.length).toBe(16);
  expect(readFileSync(join(cwd, 'audit.md'), 'utf8')).toContain('16 hooks in 12 plugins');
});

it.each([
  [['--html', 'folder'], 'folder is a folder.'],
  [['--markdown', 'folder'], 'folder is a folder.'],
  [['--markdown', '-', '--json'], '--markdown - and --json both print.'],
])('a report that cannot be written is refused before the measurement: %j', async (options, problem) => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'folder'));
  const { stderr, stdout, code } = await perfgate.run(cwd, ...audit, '--html', 'page.html', ...options);
  expect(code).toBe(2);
  expect(`${stdout}${stderr}`).toContain(problem);
  expect(existsSync(join(cwd, 'page.html'))).toBe(false);
});
