import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runActor, type Task } from '../../src/agent/command.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { World } from '../../src/core/world.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const redact = (text: string) => text.replaceAll('hunter2', '[redacted]');

function scene(): { task: Task; world: World; controller: AbortController } {
  const project = temporaryFolder();
  const controller = new AbortController();
  const task = {
    run: 'a-run',
    stage: 'fix',
    attempt: 3,
    project,
    brief: { text: 'Make it faster.\n', file: '/brief' },
    draft: '/draft',
    aliveFile: join(project, '.alive'),
  };
  const world = {
    cwd: '/',
    env: { PATH: process.env.PATH, MINE: 'yes' },
    clock: systemClock,
    notify: () => {},
    signal: controller.signal,
  };
  return { task, world, controller };
}

it('the command runs in the project’s root, with the brief on stdin and the task in the environment', async () => {
  const { task, world } = scene();
  expect(await runActor('cat > brief; printenv | sort > env', task, world, redact)).toBe('done');
  expect(readFileSync(join(task.project, 'brief'), 'utf8')).toBe('Make it faster.\n');
  const env = readFileSync(join(task.project, 'env'), 'utf8');
  for (const line of [
    'MINE=yes',
    'PERF_GATE_ARTIFACT=/draft',
    'PERF_GATE_ATTEMPT=3',
    'PERF_GATE_BRIEF=/brief',
    'PERF_GATE_RUN=a-run',
    'PERF_GATE_STAGE=fix',
  ])
    expect(env.split('\n')).toContain(line);
});

it.each<[string, string]>([
  ['exit 0', 'done'],
  ['exit 10', 'skipped'],
  ['true < /dev/null', 'done'],
])('a command that ends with “%s” is %s', async (command, answer) => {
  const { task, world } = scene();
  expect(await runActor(command, task, world, redact)).toBe(answer);
});

it.each<[string, RegExp]>([
  ['echo first; echo why >&2; exit 1', /exit code 1.*\nwhy$/s],
  ['echo only this; exit 2', /exit code 2.*\nonly this$/s],
  ['kill -KILL $$', /ended by SIGKILL/],
  ['echo hunter2; exit 4', /exit code 4.*\n\[redacted\]$/s],
  ['no-such-program', /exit code 127.*not found/s],
  ['seq 100 >&2; exit 3', /exit code 3.*\n89\n(\d+\n){10}100$/s],
])('a command that ends with “%s” has failed, and the end of its output is printed', async (command, says) => {
  const { task, world } = scene();
  await expect(runActor(command, task, world, redact)).rejects.toThrow(
    expect.objectContaining({ code: 'actor_failed', message: expect.stringMatching(says) }),
  );
});

it('Ctrl-C ends the command and the processes that it started', async () => {
  const { task, world, controller } = scene();
  const ending = runActor('sleep 617 & echo $! > pid; wait', task, world, redact);
  const pid = () => readFileSync(join(task.project, 'pid'), 'utf8').trim();
  await vi.waitFor(() => expect(pid()).toMatch(/^\d+$/));
  controller.abort();
  await expect(ending).rejects.toThrow(expect.objectContaining({ code: 'interrupted' }));
  const proc = `/proc/${pid()}/cmdline`;
  await vi.waitFor(() => expect(existsSync(proc) && readFileSync(proc, 'utf8').startsWith('sleep')).toBe(false));
});
