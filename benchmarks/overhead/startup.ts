import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/core/exec.ts';
import { writeDurable } from '../../src/core/fs.ts';
import type { Arm } from '../../src/measure/sessions/arm.ts';
import type { Place } from '../shared/bench.ts';
import { type Figure, figureOf, ratioOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';

/** Start-up of one command: its wall time, and its ratio to the reference. */
export type StartUp = { command: string; wall_ms: Figure; ratio: Figure };

const launcher = fileURLToPath(new URL('../../bin/perf-gate.cjs', import.meta.url));
const built = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

export const isBuilt = () => existsSync(built);

/** Compares the built command line with an empty Node program; the first command is the reference. */
export async function startUps({ arm, setup }: Place, rounds: number): Promise<StartUp[]> {
  const project = await projectWithRun(arm('project'));
  const empty = (name: string) => {
    const file = join(project.dir, '..', name);
    writeDurable(file, '\n');
    return file;
  };
  const commands: Record<string, string[]> = {
    'node -e 0': ['-e', '0'],
    'node empty.js': [empty('empty.js')],
    'node empty.mjs': [empty('empty.mjs')],
    'perf-gate --version': [launcher, '--version'],
    'perf-gate --help': [launcher, '--help'],
    'perf-gate status': [launcher, 'status'],
  };
  const subjects = Object.entries(commands).map(([name, args]) => ({
    name,
    async take() {
      const job = { argv: [process.execPath, ...args] as [string, ...string[]], cwd: project.dir, env: project.env };
      const output = { stdout: 'ignore', stderr: 'ignore' } as const;
      const reading = await setup.instrument.measure({ ...job, timeoutMs: 60_000, output });
      if (reading.exit_code !== 0) throw new Error(`${name}: exit code ${reading.exit_code}`);
      return reading.wall_ms;
    },
  }));
  const seen = await inTurn(subjects, rounds);
  const reference = seen.get('node -e 0')!;
  return [...seen].map(([command, values]) => ({
    command,
    wall_ms: figureOf(values),
    ratio: ratioOf(values, reference),
  }));
}

const contract = `version: 1
repro: { script: "true" }
metrics: { primary: { name: wall_ms, source: wall } }
`;

/** A repository with a run that waits for approval. */
async function projectWithRun(arm: Arm): Promise<Arm> {
  const must = async (file: string, ...args: string[]) => {
    const ended = await run(file, args, { cwd: arm.dir, env: arm.env });
    if (ended.exitCode !== 0) throw new Error(`${file} ${args.join(' ')}: ${ended.stderr}`);
  };
  writeDurable(join(arm.dir, 'perf-gate.yaml'), contract);
  await must('git', 'init', '--quiet');
  await must('git', 'add', '--all');
  await must('git', '-c', 'user.name=bench', '-c', 'user.email=bench@example.org', 'commit', '--quiet', '-m', 'first');
  await must(process.execPath, launcher, 'start', 'a task', '--contract', 'perf-gate.yaml', '--agent', 'manual');
  return arm;
}
