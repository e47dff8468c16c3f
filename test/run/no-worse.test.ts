import { describe, expect, it } from 'vitest';
import { must } from '../helpers/by-hand.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject, files, sampled } from '../helpers/project.ts';
import type { TestRepository } from '../helpers/repository.ts';
import { copyOf } from '../verify/finished-run.ts';

const perfgate = perfGate();

type Ended = { run: string; code: number; outcome: string; attempts: { verdict: string; reasons: string[] }[] };

const started = (repo: TestRepository, fix: string) =>
  perfgate.json<Ended>(repo.root, 'start', 'tidy up', '--contract', 'c.yaml', '--yes', '--fix-command', fix);

describe('a run that asks whether a change is no worse', () => {
  const project = () =>
    countingProject({ claim: 'no_worse', metrics: { primary: sampled }, threshold: { no_worse_pct: 3 } });

  it('accepts a change without a regression, commits it, and verify agrees', async () => {
    const repo = project();
    const { code, outcome, attempts } = await started(repo, 'echo "# tidy" >> work.sh');
    expect({ code, outcome }).toEqual({ code: 0, outcome: 'accepted' });
    expect(attempts[0]!.reasons[0]).toMatch(/^held: at (most|least) .*; asked for: noisy at most 3 % worse$/);
    expect(repo.read('work.sh')).toContain('# tidy');
    expect(await must(perfgate, repo, 'verify')).toContain('everything holds');
  });

  it('rejects a confirmed regression, and reverts it', async () => {
    const repo = project();
    const { code, attempts } = await started(repo, "sed -i 's/STEPS=100/STEPS=110/' work.sh");
    expect(code).toBe(1);
    expect(attempts[0]!.reasons).toEqual([expect.stringMatching(/^regressed: higher: at least \d/)]);
    expect(repo.read('work.sh')).toBe(files['work.sh']);
    expect(Object.keys(repo.files()).filter((path) => /samples\/attempt-01-confirmation/.test(path))).toHaveLength(1);
    expect(await must(perfgate, repo, 'verify')).toContain('everything holds');
  });
});

describe('the noise of the baseline chooses the looks', () => {
  const auto = { measurement_runs: 'auto', max_runs: 'auto' };
  const baselineIn = (repo: TestRepository) =>
    repo.read(Object.keys(repo.files()).find((path) => path.endsWith('-baseline.md'))!);

  it('few if there is little noise, and verify computes them again', async () => {
    const repo = countingProject({ metrics: { primary: sampled }, repro: auto });
    const { run } = await started(repo, 'echo "# nothing" >> work.sh');
    expect(baselineIn(repo)).toContain('judged after 5, 8, 13, 22 pairs (chosen from the noise above');
    expect(await must(perfgate, repo, 'verify')).toContain('everything holds');

    const forged = copyOf(repo.root, run, perfgate.env());
    forged.forge((at) => {
      delete at('baseline').data.looks;
    });
    const where = expect.stringMatching(/-baseline\.md looks/);
    expect((await forged.verify()).findings).toContainEqual(
      expect.objectContaining({ code: 'session_differs', where }),
    );
  });

  it('many if there is much noise, as far as the time allows', async () => {
    const loud = files['bench.sh'].replace('% 4', '* 4');
    const change = { metrics: { primary: sampled }, threshold: { pct_min: 5 }, guards: { same_output: undefined } };
    const repo = countingProject({ ...change, repro: auto }, { 'bench.sh': loud });
    await started(repo, 'echo "# nothing" >> work.sh');
    expect(baselineIn(repo)).toContain('judged after 5, 9, 20, 60 pairs');
    expect(await must(perfgate, repo, 'verify')).toContain('everything holds');
  });
});
