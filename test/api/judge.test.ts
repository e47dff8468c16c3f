import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judge, mannWhitney, signedRank } from '../../src/api/index.ts';
import type { JudgeQuestion } from '../../src/api/judge.ts';
import { command } from '../../src/cli/commands/judge.ts';
import { seededRandom } from '../../src/stats/rng.ts';
import { call, type Options } from '../helpers/call.ts';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';

const perfgate = perfGate();

type Asked = { question: JudgeQuestion; options: Options; args: string[] };

const questions: Asked[] = [
  { question: {}, options: {}, args: [] },
  { question: { threshold: '5%' }, options: { threshold: '5%' }, args: ['--threshold', '5%'] },
  { question: { threshold: 3 }, options: { threshold: '3' }, args: ['--threshold', '3'] },
  { question: { noWorseThan: '3%' }, options: { worseThan: '3%' }, args: ['--no-worse-than', '3%'] },
  {
    question: { paired: true, alpha: 0.01 },
    options: { paired: true, alpha: '0.01' },
    args: ['--paired', '--alpha', '0.01'],
  },
  {
    question: { higherIsBetter: true, claim: 'observed' },
    options: { higherIsBetter: true, claim: 'observed' },
    args: ['--higher-is-better', '--claim', 'observed'],
  },
  { question: { test: 'mean_2sigma' }, options: { test: 'mean_2sigma' }, args: ['--test', 'mean_2sigma'] },
];

const random = seededRandom('library');

/** Two sets of 4 to 15 samples, some with ties, some with an effect, and a question. */
function sampleSet(nth: number) {
  const n = 4 + Math.floor(random() * 12);
  const effect = [0, 0.02, 0.1, -0.1][nth % 4]!;
  const value = (by: number) => {
    const exact = 100 * (1 - by) * (1 + 0.1 * (random() - 0.5));
    return nth % 3 === 0 ? Math.round(exact) : exact;
  };
  const side = (by: number) => Array.from({ length: n }, () => value(by));
  return { base: side(0), candidate: side(effect), ...questions[nth % questions.length]! };
}

it('library and command line give the same verdict on 1,000 sample sets, byte for byte', async () => {
  const folder = temporaryFolder();
  const [a, b] = [join(folder, 'a.json'), join(folder, 'b.json')];
  const verdicts = new Set<string>();
  for (let nth = 0; nth < 1000; nth += 1) {
    const { base, candidate, question, options, args } = sampleSet(nth);
    writeFileSync(a, JSON.stringify(base));
    writeFileSync(b, JSON.stringify(candidate));
    const result = judge(base, candidate, question);
    verdicts.add(result.verdict);
    const { out } = await call(command, { cwd: folder }, [a, b], { ...options, json: true });
    expect(out, `set ${nth}`).toBe(`${JSON.stringify(result)}\n`);
    if (nth < questions.length) expect((await perfgate.run(folder, 'judge', a, b, ...args, '--json')).stdout).toBe(out);
  }
  expect([...verdicts].sort()).toEqual(['accepted', 'held', 'inconclusive', 'regressed', 'rejected', 'undecided']);
});

it('the rank tests are exact', () => {
  expect(mannWhitney([4, 5, 6], [1, 2, 3])).toEqual({ u: 9, greater: 1 / 20, less: 1, twoSided: 1 / 10 });
  expect(signedRank([1, 2, 3, 4])).toEqual({ v: 10, greater: 1 / 16, less: 1, twoSided: 1 / 8 });
});
