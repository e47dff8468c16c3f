import { search } from '../../src/compare/bisect/search.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { attempt, noWorseContract } from '../gate/attempt.ts';

/** A history of commits 0 to `commits`; commit `first` changed the metric by `pct` per cent. `noise`: standard deviation of one execution's log. */
export type History = { commits: number; first: number; pct: number; noise: number; seed: string };

/** `found`: the reported commit; null without one. `executions` include warm-ups and the verdict's executions. */
export type Found = { found: number | null; executions: number };

/** The search of `perf-gate bisect`, with simulated executions and the real verdict. */
export function bisected({ commits, first, pct, noise, seed }: History): Found {
  const machine = scattering(`${seed} executions`, noise);
  const searching = search(commits);
  let executions = 0;
  let warm: readonly number[] = [];
  for (let verdicts = 0; ; ) {
    const step = searching.next();
    if (step.do === 'stop') return { found: null, executions };
    if (step.do === 'measure') {
      // a warm-up execution for each commit that was not in the previous round
      executions += step.at.length + step.at.filter((at) => !warm.includes(at)).length;
      warm = step.at;
      searching.saw(step.at.map((at) => ({ at, log: machine.next() + (at >= first ? Math.log1p(pct / 100) : 0) })));
      continue;
    }
    const isWorse = step.after < first && first <= step.upTo;
    const verdict = attempt(
      { contract: noWorseContract(step.margin_pct), test: 'mann_whitney' },
      { number: 1, truth: isWorse ? -pct : 0, seed: `${seed} verdict ${verdicts++}`, machine },
    );
    executions += verdict.executions;
    if (verdict.verdict === 'rejected') return { found: step.upTo, executions };
    searching.notConfirmed(step);
    warm = [];
  }
}

/** The usual alternative, `git bisect` by hand: each commit is judged by `runs` executions against the middle of the two ends. */
export function plainlyBisected({ commits, first, pct, noise, seed }: History, runs: number): Found {
  const machine = scattering(`${seed} plain`, noise);
  let executions = 0;
  const took = (at: number) => {
    let sum = 0;
    for (let i = 0; i < runs; i++) sum += machine.next() + (at >= first ? Math.log1p(pct / 100) : 0);
    executions += runs;
    return sum / runs;
  };
  const limit = (took(0) + took(commits)) / 2;
  let [good, bad] = [0, commits];
  while (bad - good > 1) {
    const at = Math.floor((good + bad) / 2);
    if (took(at) > limit) bad = at;
    else good = at;
  }
  return { found: bad, executions };
}

function scattering(seed: string, noise: number) {
  const random = seededRandom(seed);
  const next = () => noise * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return { next, rest() {} };
}
