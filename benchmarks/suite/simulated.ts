import { mannWhitney } from '../../src/stats/mann-whitney.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import type { Question } from '../../src/stats/suite.ts';
import { suiteLooks } from '../../src/stats/suite-looks.ts';
import { lookAtSuite, type Sequence } from '../../src/stats/suite-sequence.ts';

/** The truth about a suite: the change of each benchmark, in per cent of the base (positive is slower). */
export type World = { name: string; spreadPct: number; slower: readonly number[] };

/** Number of simulated suites with an event in any benchmark. `executions`: mean per benchmark. */
export type Outcome = {
  suites: number;
  falselyRegressed: number;
  falselyHeld: number;
  falselyBetter: number;
  /** Share of the benchmarks that are slower by the margin or more. */
  found: number;
  planted: number;
  /** Share of the benchmarks that did not change. */
  held: number;
  unchanged: number;
  executions: number;
  /** Suites in which a test of each benchmark alone (ten runs per side, two-sided 5 %) flags an unchanged one. */
  aloneFalse: number;
  aloneFound: number;
};

export const ALPHA = 0.05;

/** Simulates whole suites: normal noise, judged by the code that judges a real suite. */
export function simulate({ name, spreadPct, slower }: World, suites: number, marginPct: number): Outcome {
  const random = seededRandom(name);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const value = (effect: number) => Math.exp((spreadPct / 100) * normal() + Math.log1p(effect / 100));
  const asked: Question = {
    lower_is_better: true,
    claim: 'no_worse',
    threshold: { type: 'pct', pct_min: -marginPct, absolute_min: 0, significance_required: true },
    test: 'mann_whitney',
    session_effect_pct: 0,
    deterministic: false,
  };
  const looks = suiteLooks({ benchmarks: slower.length, alpha: ALPHA, test: asked.test });
  const total = {
    suites,
    falselyRegressed: 0,
    falselyHeld: 0,
    falselyBetter: 0,
    found: 0,
    planted: 0,
    held: 0,
    unchanged: 0,
    executions: 0,
    aloneFalse: 0,
    aloneFound: 0,
  };
  for (let i = 0; i < suites; i++) {
    const suite: Sequence[] = slower.map(() => ({ asked, base: [], candidate: [], seen: [] }));
    let present = slower.map((_, at) => at);
    let verdicts: ReturnType<typeof lookAtSuite>['verdicts'] = [];
    for (const { n } of looks) {
      for (const at of present)
        while (suite[at]!.base.length < n) {
          suite[at]!.base.push(value(0));
          suite[at]!.candidate.push(value(slower[at]!));
        }
      ({ verdicts, present } = lookAtSuite(suite, present, { looks, alpha: ALPHA, together: false, of: suite.length }));
    }
    const any = (test: (answer: (typeof verdicts)[number], effect: number) => boolean) =>
      verdicts.some((verdict, at) => test(verdict, slower[at]!)) ? 1 : 0;
    total.falselyRegressed += any(({ answer }, effect) => answer === 'regressed' && effect <= 0);
    total.falselyHeld += any(({ answer }, effect) => answer === 'held' && effect >= marginPct);
    total.falselyBetter += any(({ better }, effect) => better && effect >= 0);
    verdicts.forEach(({ answer }, at) => {
      const effect = slower[at]!;
      if (effect > marginPct) total.planted += 1;
      if (effect > marginPct && answer === 'regressed') total.found += 1;
      if (effect === 0) total.unchanged += 1;
      if (effect === 0 && answer === 'held') total.held += 1;
    });
    total.executions += suite.reduce((sum, { base }) => sum + 2 * base.length, 0) / slower.length / suites;
    const alone = slower.map((effect) => {
      const draw = (by: number) => Array.from({ length: 10 }, () => value(by));
      return { effect, flagged: mannWhitney(draw(0), draw(effect)).twoSided <= ALPHA };
    });
    total.aloneFalse += alone.some(({ effect, flagged }) => effect === 0 && flagged) ? 1 : 0;
    total.aloneFound += alone.filter(({ effect, flagged }) => effect > marginPct && flagged).length;
  }
  return total;
}
