import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keepOutOfGit } from '../../src/artifact/own-folders.ts';
import { openRepo } from '../../src/git/repo.ts';
import { gitSettings } from '../../src/git/settings.ts';
import { comparedText } from '../../src/measure/sessions/output.ts';
import { readMetrics } from '../../src/measure/sources/sources.ts';
import { readDraft } from '../../src/scoping/draft.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import { dir, succeed } from '../measure/setup.ts';

const perfgate = perfGate();
const slow = `${'a'.repeat(40)}!`;
const traces = (stdout: string) => ({ usage: {} as never, stdout, cwd: dir, before: new Map() });

it('aborts a pattern that runs forever on a program’s output, and says so', async () => {
  const pattern = '^(a+)+$';
  const found = expect.stringMatching(/takes too long/);
  const metric = { name: 'n', unit: '', source: { stdout: 'regex' as const, pattern } };
  expect(comparedText(true, [metric], traces(slow))).toMatchObject({ found });
  const read = await readMetrics([metric], traces(slow));
  expect(read).toMatchObject({ error: { code: 'metric_missing', message: expect.stringMatching(/takes too long/) } });
}, 40_000);

it('reads a METRIC line of a million blanks quickly', () => {
  const line = `METRIC a=${' '.repeat(1_000_000)}x\n`;
  expect(comparedText(true, [], traces(`${line}answer\n`))).toBe('answer\n');
});

it('reads the output that a program printed, not a file that it exchanged for it', async () => {
  const swap = 'f=$(readlink /proc/$$/fd/1); echo mine; rm "$f"; mkfifo "$f"';
  expect(await succeed(swap)).toMatchObject({ stdout: 'mine\n' });
});

it('does not hang if one of perf-gate’s or git’s files is replaced by a FIFO', async () => {
  const repo = countingProject();
  repo.write('.perf-gate/local/keep', '');
  for (const path of ['.git/hooks/x', '.perf-gate/local/contract.draft.yaml', '.perf-gate/.gitignore'])
    execFileSync('mkfifo', [join(repo.root, path)]);
  expect(Object.keys(await gitSettings(await openRepo(repo.root), {}))).toContain('hooks/x');
  for (const read of [readDraft, keepOutOfGit])
    expect(() => read(repo.root)).toThrow(/cannot be read: it is a FIFO, not a regular file/);
  const endless = (command: string) =>
    execFileSync('sh', ['-c', `yes | node ${perfgate.bin()} ${command}`], { cwd: repo.root, encoding: 'utf8' });
  expect([endless('hook stop'), endless('statusline')]).toEqual(['', '']);
});

it('refuses a FIFO or a device as input, in every command', async () => {
  const repo = countingProject();
  execFileSync('mkfifo', [join(repo.root, 'fifo')]);
  const doors = [
    ['judge', 'fifo', '/dev/zero'],
    ['hotspots', 'fifo'],
    ['compare', 'HEAD', '--against', 'fifo', '--contract', 'c.yaml'],
    ['start', 'x', '--contract', 'fifo'],
    ['plan', 'fifo'],
    ['measure', '--input', 'fifo', '--', 'cat'],
  ];
  const ends = await Promise.all(doors.map((args) => perfgate.run(repo.root, ...args)));
  expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 3]);
  expect(await perfgate.run(repo.root, 'hotspots', '/dev/zero')).toMatchObject({ code: 2 });
});
