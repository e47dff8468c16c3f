import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/core/exec.ts';
import { makeDir, makeLink, writeDurable } from '../../src/core/fs.ts';
import type { Arm } from '../../src/measure/sessions/arm.ts';
import { SESSION } from './events.ts';

const launcher = fileURLToPath(new URL('../../bin/perf-gate.cjs', import.meta.url));

/** A project with the environment of its client. `reset` removes the traces of an event. */
export type Project = { dir: string; env: Record<string, string>; reset(): void };

/** A project in which perf-gate was used, without an active run. */
export function idleProject(arm: Arm): Project {
  makeDir(join(arm.dir, '.perf-gate/local'));
  return { dir: arm.dir, env: environment(arm), reset() {} };
}

/** A repository with a run that the session drives, at a stage of the engine, so that every Stop hook returns the next command. */
export async function drivenProject(arm: Arm): Promise<Project> {
  const env = environment(arm);
  const must = async (file: string, ...args: string[]) => {
    const ended = await run(file, args, { cwd: arm.dir, env });
    if (ended.exitCode !== 0) throw new Error(`${file} ${args.join(' ')}: ${ended.stderr}`);
  };
  writeDurable(join(arm.dir, 'perf-gate.yaml'), contract);
  makeDir(join(arm.dir, '.perf-gate'));
  writeDurable(join(arm.dir, '.perf-gate/config.yaml'), 'agent_may_approve: true\n'); // the benchmark acts as the session, and approves
  await must('git', 'init', '--quiet');
  await must('git', 'add', '--all');
  await must('git', '-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '--quiet', '-m', 'first');
  await must('perf-gate', 'start', 'a task', '--contract', 'perf-gate.yaml', '--agent', 'inline');
  await must('perf-gate', 'approve');
  const bound = join(arm.dir, '.perf-gate/local/session.json');
  const before = readFileSync(bound, 'utf8');
  return { dir: arm.dir, env, reset: () => writeDurable(bound, before) };
}

/** An environment with perf-gate on the PATH, as npm installs it: a link to the launcher. */
function environment(arm: Arm): Record<string, string> {
  const bin = `${arm.dir}-bin`;
  makeDir(bin);
  makeLink(launcher, join(bin, 'perf-gate'));
  chmodSync(launcher, 0o755);
  const path = [bin, join(process.execPath, '..'), arm.env.PATH].join(delimiter);
  return {
    ...(arm.env as Record<string, string>),
    PATH: path,
    XDG_STATE_HOME: `${arm.dir}-state`,
    CLAUDE_PROJECT_DIR: arm.dir,
    CLAUDE_CODE_SESSION_ID: SESSION,
    CLAUDE_PID: '1',
  };
}

const contract = `version: 1
repro: { script: "true" }
metrics: { primary: { name: wall_ms, source: wall } }
`;
