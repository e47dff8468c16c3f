import { type JudgedPair, judgePair } from '../../../compare/judging/pair.ts';
import type { Question } from '../../../compare/judging/question.ts';
import { failure, type GateError, isFailure } from '../../../core/errors.ts';
import type { Benchmark } from '../../../measure/formats/sample-sets.ts';

/** A benchmark that is in both files, with its judgement or the error that prevented the judgement. */
export type Line = { base: string; candidate: string; judged: JudgedPair | { problem: GateError } };

/** `lines`: the benchmarks that are in both files, in the order of the base. `only`: the names of benchmarks that are in one file only. */
export type Lines = { lines: Line[]; only: { base: string[]; candidate: string[] } };

/** Compares each benchmark of the base with the same benchmark of the candidate. @throws samples_apart: no benchmark in common */
export function judgeEach(
  base: readonly Benchmark[],
  candidate: readonly Benchmark[],
  question: Question,
  files: { base: string; candidate: string },
): Lines {
  const pairs = paired(base, candidate);
  if (pairs.length === 0)
    throw failure('samples_apart', { ...files, in_base: base.map(nameOf), in_candidate: candidate.map(nameOf) });
  const left = (all: readonly Benchmark[], side: 0 | 1) =>
    all.filter((one) => !pairs.some((pair) => pair[side] === one)).map(nameOf);
  return {
    lines: pairs.map(([a, b]) => ({ base: a.name, candidate: b.name, judged: judgedOrNot(a, b, question) })),
    only: { base: left(base, 0), candidate: left(candidate, 1) },
  };
}

/**
 * Pairs benchmarks with equal names, packages, modes and parameters. Then pairs two unpaired benchmarks with the
 * same name, if each file has only one unpaired benchmark of that name.
 */
function paired(base: readonly Benchmark[], candidate: readonly Benchmark[]): [Benchmark, Benchmark][] {
  const found = new Map<Benchmark, Benchmark>();
  const pair = (same: (a: Benchmark, b: Benchmark) => boolean) => {
    const free = candidate.filter((b) => ![...found.values()].includes(b));
    for (const a of base.filter((one) => !found.has(one))) {
      const [b, other] = free.filter((one) => same(a, one));
      const rivals = base.filter((one) => !found.has(one) && b && same(one, b));
      if (b && !other && rivals.length === 1) found.set(a, b);
    }
  };
  pair((a, b) => a.called === b.called && `${a.among}` === `${b.among}`);
  pair((a, b) => a.called === b.called);
  return base.flatMap((a) => (found.has(a) ? [[a, found.get(a)!] satisfies [Benchmark, Benchmark]] : []));
}

function judgedOrNot({ set: a }: Benchmark, { set: b }: Benchmark, question: Question): Line['judged'] {
  if ('problem' in a) return a;
  if ('problem' in b) return b;
  try {
    return judgePair(a, b, question);
  } catch (error) {
    if (isFailure(error)) return { problem: error };
    throw error;
  }
}

const nameOf = ({ name }: Benchmark) => name || '(samples without a name)';
