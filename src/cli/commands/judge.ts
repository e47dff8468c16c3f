import { resolve } from 'node:path';
import { type JudgedPair, judgePair } from '../../compare/judging/pair.ts';
import { type Question, questionOf } from '../../compare/judging/question.ts';
import { shownOf } from '../../compare/judging/shown.ts';
import { benchmarksIn, type SampleSet, samplesIn } from '../../measure/formats/sample-sets.ts';
import { storyVerdict, termsOf } from '../../report/story/of-verdict.ts';
import { exitCodes } from '../../run/outcome.ts';
import { define } from '../command.ts';
import { text } from '../options.ts';
import { lookOf, type Tools } from '../terminal/tools.ts';
import { verdictText } from '../terminal/verdict-text.ts';
import { judgeEach, type Line } from './judging/pairing.ts';
import { questionOptions } from './judging/question.ts';
import { answerOfAll, tableText, verdictOfAll, warningsOfAll } from './judging/table.ts';

export const command = define({
  name: 'judge',
  group: 'question',
  arguments: '<base> <candidate>',
  summary: 'judge samples you have: is the candidate better, or no worse',
  detail:
    'Reads files with the result of every single execution, from hyperfine, `go test -bench`, Google Benchmark, pytest-benchmark, criterion.rs, JMH, BenchmarkDotNet, pyperf, vitest, mitata, tinybench and k6. Also reads exports and baselines of perf-gate, CSV, and numbers (one per line, or a JSON array). Without --key, all benchmarks that are in both files are judged, in a table. Exit code 0: accepted; 1: rejected; 4: inconclusive. For a table, the worst verdict counts.',
  example: 'perf-gate judge before.json after.json --threshold 5%',
  options: {
    ...questionOptions,
    '--key <name>': text(
      'the benchmark to judge, if a file holds several: its name, the end of its name, a statistic, or its parameters',
    ),
    '--candidate-key <name>': text('the benchmark’s name in the candidate, if it differs'),
  },
  parse: ({ base, candidate, key, candidateKey, ...given }) => ({
    files: { base, candidate },
    keys: { base: key, candidate: candidateKey ?? key },
    question: questionOf(given),
  }),
  async run({ files, keys, question }, tools) {
    const at = { base: resolve(tools.cwd, files.base), candidate: resolve(tools.cwd, files.candidate) };
    if (keys.base === undefined && keys.candidate === undefined) {
      const [base, candidate] = [benchmarksIn(at.base), benchmarksIn(at.candidate)];
      if (Math.max(base.length, candidate.length) > 1)
        return tellAll(judgeEach(base, candidate, question, at), question, tools);
    }
    const base = samplesIn(at.base, keys.base);
    const candidate = samplesIn(at.candidate, keys.candidate);
    const title = `${nameIn(base, files.base)} → ${nameIn(candidate, files.candidate)}`;
    return tellOne(judgePair(base, candidate, question), title, tools);
  },
});

const nameIn = (set: SampleSet, file: string) => set.name || file;

function tellOne(judged: JudgedPair, title: string, tools: Tools): number {
  const { asked, told } = judged;
  if (tools.json) tools.out(JSON.stringify(shownOf(judged)));
  else {
    const notes = told.map((w) => w.text);
    tools.out(verdictText({ title, judged: storyVerdict(judged, asked), terms: termsOf(asked), notes }, tools));
  }
  return exitCodes[judged.verdict];
}

/** Prints every benchmark. If no benchmark can be judged, throws the error of the first benchmark. */
function tellAll(all: ReturnType<typeof judgeEach>, question: Question, tools: Tools): number {
  const { lines, only } = all;
  const [first] = lines as [Line];
  if (lines.every((line) => 'problem' in line.judged)) throw (first.judged as { problem: Error }).problem;
  const { alpha } = question.rule;
  if (tools.json) {
    const benchmarks = lines.map(({ base, candidate, judged }) => ({
      base,
      candidate,
      ...('problem' in judged ? { verdict: null, ...problemOf(judged.problem) } : shownOf(judged)),
    }));
    const warnings = warningsOfAll(lines, alpha);
    tools.out(JSON.stringify({ verdict: answerOfAll(lines), benchmarks, only_in: only, warnings }));
  } else tools.out(tableText(all, alpha, lookOf(tools)));
  return exitCodes[verdictOfAll(lines)];
}

const problemOf = ({ code, message, hint }: { code: string; message: string; hint: string }) => ({
  problem: { code, message, hint },
});
