import { join } from 'node:path';
import { readSamples, samplesFile } from '../../src/artifact/samples.ts';
import { run } from '../../src/core/exec.ts';
import { judgedSession } from '../../src/experiment/session.ts';
import { sampleSchema } from '../../src/measure/sessions/sample.ts';
import type { Place } from '../shared/bench.ts';
import { type Figure, figureOf } from '../shared/figure.ts';
import { inTurn } from '../shared/in-turn.ts';

/** A tool's overhead per execution of `true`: total time minus its own measurement of the execution. */
export type PerSample = { tool: string; extra_ms: Figure };

const pairs = 50;

/** Overhead of whole sessions of the gate, including writing samples to a file, and of hyperfine if installed. */
export async function perSample({ dir, arm, setup }: Place, sessions: number): Promise<PerSample[]> {
  const arms = { base: arm('a'), candidate: arm('b') };
  const ms = setup.world.clock.ms;
  let number = 0;
  const ours = async () => {
    const id = `session-${++number}`;
    const began = ms();
    const looks = [{ n: pairs, alpha: 0.05 }];
    const { broken } = await judgedSession(setup, { id, label: id, arms, looks, test: 'mann_whitney', decides: false });
    const took = ms() - began;
    if (broken) throw new Error(broken.code);
    const samples = readSamples(samplesFile(setup.samples, id), sampleSchema);
    return (took - samples.reduce((sum, s) => sum + s.wall_ms, 0)) / samples.length;
  };
  const hyperfine = async () => {
    const report = join(dir, 'report.json');
    const began = ms();
    await run('hyperfine', ['-N', '-r', String(2 * pairs), '--style', 'none', '--export-json', report, 'true']);
    const took = ms() - began;
    const { results } = (await import(`${report}?${began}`, { with: { type: 'json' } })).default as Report;
    return (took - 1000 * results[0]!.times.reduce((sum, t) => sum + t, 0)) / (2 * pairs);
  };
  /** The minimum for Node: start the helper and wait for it. */
  const bare = async () => {
    const output = { stdout: 'ignore', stderr: 'ignore' } as const;
    const job = { argv: ['true'] as [string], cwd: arms.base.dir, env: arms.base.env, timeoutMs: 0, output };
    let extra = 0;
    for (let i = 0; i < 2 * pairs; i++) {
      const began = ms();
      const { wall_ms } = await setup.instrument.measure(job);
      extra += ms() - began - wall_ms;
    }
    return extra / (2 * pairs);
  };
  const subjects = [
    { name: 'perf-gate, a whole session', take: ours },
    { name: 'its helper, started by Node', take: bare },
  ];
  if (!(await run('hyperfine', ['--version'])).notFound) subjects.push({ name: 'hyperfine', take: hyperfine });
  const seen = await inTurn(subjects, sessions);
  return [...seen].map(([tool, values]) => ({ tool, extra_ms: figureOf(values) }));
}

type Report = { results: { times: number[] }[] };
