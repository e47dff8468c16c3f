import { search } from '../../src/compare/bisect/search.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { attempt, noWorseContract } from '../gate/attempt.ts';

/** A history of commits 0 to `commits`, in which `first` brought a change of `pct` per cent; an execution scatters by `noise`, a logarithm. */
export type History = { commits: number; first: number; pct: number; noise: number; seed: string };

/** `found`: the commit that was named; null if none was. Executions are counted with warm-ups and with those of the verdict. */
export type Found = { found: number | null; executions: number };

/** The search of `perf-gate bisect`, with made-up executions and the real verdict. */
export function bisected({ commits, first, pct, noise, seed }: History): Found {
  const machine = scattering(`${seed} executions`, noise);
  const searching = search(commits);
  let executions = 0;
  let warm: readonly number[] = [];
  for (let verdicts = 0; ; ) {
    const step = searching.next();
    if (step.do === 'stop') return { found: null, executions };
    if (step.do === 'measure') {
      // an execution to warm up for whoever was not in the round before
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

/** What people do without: `git bisect` by hand, each commit judged by one execution against the middle of the two ends. */
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
