import { describe, expect, it } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { repository } from '../helpers/repository.ts';

const perfgate = perfGate();

/** A script that waits, so that its time hardly depends on the machine. */
const project = () => repository({ 'bench.sh': 'sleep "$(cat pause)"\n', pause: '0.12\n' });

type Compared = {
  verdict: string;
  raw_wall: { base: number[]; candidate: number[] } | null;
  undelayed_wall: { base: number[]; candidate: number[] } | null;
  samples: { base: number[] };
};

describe.skipIf(process.platform !== 'linux')('undelayed wall time', () => {
  it('is the metric of a new contract for a script, and raw wall time is shown too', async () => {
    const repo = project();
    await must(perfgate, repo, 'init', '--domain', 'custom');
    expect(repo.read('perf-gate.yaml')).toMatch(/primary:\n +name: undelayed_wall_ms\n[^-]*source: undelayed_wall\n/);
    repo.write('perf-gate.yaml', `${repo.read('perf-gate.yaml')}limits: { max_attempts: 1 }\n`);
    repo.commit('a contract');
    const args = ['--contract', 'perf-gate.yaml', '--yes', '--fix-command', 'echo 0.04 > pause'];
    const ended = await perfgate.json(repo.root, 'start', 'make it faster', ...args);
    expect(ended).toMatchObject({ code: 0, outcome: 'accepted' });

    const told = (stage: string) => {
      const [name] = Object.keys(repo.files()).filter((path) => path.endsWith(`-${stage}.md`));
      return repo.read(name!);
    };
    expect(told('baseline')).toMatch(/^\| undelayed_wall_ms \|.*\n\| raw wall time \| \d/m);
    for (const stage of ['remeasure', 'verdict'])
      expect(told(stage)).toMatch(/^\| base, raw wall time \| \d.*\n\| candidate, raw wall time \| \d/m);
    expect(await must(perfgate, repo, 'verify')).not.toMatch(/differs/);
  });

  it('is the metric in the first draft for an agent', async () => {
    const repo = project();
    await must(perfgate, repo, 'start', 'make it faster', '--agent', 'inline');
    const { waiting } = await perfgate.json(repo.root, 'next');
    expect(waiting!.brief).toMatch(/undelayed_wall_ms in ms, lower is better: wall time without .* \(default\)/);
  });

  it('is shown with raw wall time, and wall time is shown with it', async () => {
    const repo = project();
    const compare = async (...options: string[]) =>
      (await perfgate.run(repo.root, 'compare', ...options, '--', 'sleep', '0.05', '--', 'sleep', '0.02')).stdout;
    const { raw_wall, samples } = JSON.parse(await compare('--json', '--primary', 'undelayed_wall')) as Compared;
    expect(raw_wall!.base).toHaveLength(samples.base.length);
    for (const [i, raw] of raw_wall!.base.entries()) expect(raw).toBeGreaterThanOrEqual(samples.base[i]!);
    const raw = JSON.parse(await compare('--json')) as Compared;
    expect(raw.raw_wall).toBeNull();
    for (const [i, undelayed] of raw.undelayed_wall!.base.entries())
      expect(undelayed).toBeLessThanOrEqual(raw.samples.base[i]!);
    expect(await compare()).toMatch(/undelayed wall time: medians \d+\.?\d* ms and \d+\.?\d* ms/);
    const shown = await compare('--primary', 'undelayed_wall');
    expect(shown).toMatch(/raw wall time: medians \d+\.?\d* ms and \d+\.?\d* ms/);
  });

  it('is one of the metrics that measure prints for every command', async () => {
    const { stdout } = await perfgate.run(project().root, 'measure', '--runs', '3', '--', 'sleep', '0.02');
    expect(stdout).toMatch(/^ {2}undelayed +\d.* ms/m);
  });
});
