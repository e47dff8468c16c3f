import { judge } from '../../src/stats/judge.ts';
import type { Judgement } from '../../src/stats/judgement.ts';
import type { Look } from '../../src/stats/looks.ts';
import type { Rule } from '../../src/stats/rule.ts';
import { type Decision, decide } from '../../src/stats/sequential.ts';

/** Standard normal numbers. */
export const normals = (random: () => number, n: number) =>
  Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));

/** Runs of a program that takes `ms`: 3 % log-normal noise, and one run in twenty delayed by 30 % on average. */
export const runs = (random: () => number, ms: number, n: number) =>
  normals(random, n).map((z) => ms * Math.exp(0.03 * z) * (random() < 0.05 ? 1 - 0.3 * Math.log(1 - random()) : 1));

/** A whole session through its looks, as the engine does it: the decision, and the judgement that it rests on. */
export function session(
  base: number[],
  candidate: number[],
  rule: Rule,
  looks: readonly Look[],
): { state: Decision['state']; judgement: Judgement; pairs: number } {
  const judgements: Judgement[] = [];
  for (const [i, look] of looks.entries()) {
    judgements.push(judge(base.slice(0, look.n), candidate.slice(0, look.n), rule, look.alpha, looks.at(-1)));
    const decision = decide(judgements, [], looks.length - 1 - i);
    if (decision.action === 'stop')
      return { state: decision.state, judgement: judgements[decision.look]!, pairs: look.n };
  }
  throw new Error('the last look must decide');
}
