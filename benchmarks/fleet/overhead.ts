import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { makeDir, writeWhole } from '../../src/core/fs.ts';

/** Durations of comparisons in turn, in s: `on` a worker of this machine, and `here` without a worker. */
export type Overhead = { on: number[]; here: number[] };

const bin = resolve(import.meta.dirname, '../../bin/perf-gate.cjs');

const contract = `version: 1
repro: { script: sh bench.sh, measurement_runs: 5, max_runs: 8 }
metrics: { primary: { name: steps, unit: steps, source: { stdout: metric, key: steps } } }
threshold: { pct_min: 20 }
guards: { protected: [bench.sh] }
`;

/** Compares the same two commits `rounds` times, with and without a fleet of one worker. */
export async function overhead(url: string, place: string, rounds: number): Promise<Overhead> {
  const project = join(place, 'project');
  const env = { ...process.env, PERF_GATE_DATABASE: url, XDG_CACHE_HOME: join(place, 'cache') };
  await made(project);
  const worker = spawn(
    process.execPath,
    [bin, 'worker', '--class', 'bench', '--host', 'bench-1', '--busy', '100', '--unchecked'],
    {
      env: { ...env, XDG_CACHE_HOME: join(place, 'cache-of-worker') },
      cwd: place,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const ended = once(worker, 'close');
  try {
    await ready(worker);
    const timed = async (...words: string[]) => {
      const began = performance.now();
      await execa(process.execPath, [bin, 'compare', 'HEAD~1', 'HEAD', '--contract', 'c.yaml', '--json', ...words], {
        env,
        cwd: project,
      });
      return (performance.now() - began) / 1000;
    };
    const taken: Overhead = { on: [], here: [] };
    for (let i = 0; i < rounds; i++) {
      taken.here.push(await timed());
      taken.on.push(await timed('--on', 'bench'));
    }
    return taken;
  } finally {
    worker.kill('SIGTERM');
    await ended;
  }
}

async function made(project: string): Promise<void> {
  const git = (...words: string[]) =>
    execa('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...words], { cwd: project });
  makeDir(project);
  await git('init', '--quiet', '--initial-branch=main');
  writeWhole(join(project, 'bench.sh'), '. ./work.sh\nsleep 0.05\necho "METRIC steps=$STEPS"\n');
  writeWhole(join(project, 'c.yaml'), contract);
  for (const steps of [100, 50]) {
    writeWhole(join(project, 'work.sh'), `STEPS=${steps}\n`);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', `${steps} steps`);
  }
}

/** Waits until a worker is ready; keeps its pipe open, because it goes on printing. */
const ready = ({ stderr }: ChildProcess): Promise<void> =>
  new Promise((done, failed) => {
    let text = '';
    stderr!.on('data', (more) => {
      text += String(more);
      if (text.includes(' is a host of ')) done();
    });
    stderr!.on('end', () => failed(new Error(`The worker ended: ${text}`)));
  });
