import { expect, it } from 'vitest';
import { hashContract } from '../../src/contract/seal.ts';
import { openRepo } from '../../src/git/repo.ts';
import { comparisonIds } from '../../src/record/runs.ts';
import type { ComparisonPart } from '../../src/verify/proof/form.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { makeProof } from '../../src/verify/proof/make.ts';
import { summaryOfComparison } from '../../src/verify/proof/summary.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import { forgedAnywhere, isFoundOut, randomOf } from './edits.ts';

const perfgate = perfGate();

/** Two commits, of which the second has half the work. */
function project() {
  const repo = countingProject();
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  repo.commit('half the work');
  return repo;
}

async function proofsIn(root: string): Promise<Buffer[]> {
  const repo = await openRepo(root);
  return comparisonIds(root).map((id) =>
    Buffer.from(textOf(makeProof(repo, { of: 'comparison', id }, { env: {}, version: '0.0.0' }))),
  );
}

const few = ['--runs', '5', '--max-runs', '5'];

it.each([
  ['commits', 1, ['HEAD~1..HEAD', '--contract', 'c.yaml']],
  ['commits, the second no better', 1, ['HEAD..HEAD~1', '--contract', 'c.yaml']],
  ['commits, asked whether it is no worse', 1, ['HEAD~1..HEAD', '--contract', 'c.yaml', '--no-worse-than', '3%']],
  ['a commit with a saved baseline', 1, ['HEAD', '--against', 'base.json', '--contract', 'c.yaml']],
  ['three commands with warm-ups', 2, [...few, '--warmup', '3', '--', 'sleep 0.03', '--', 'sleep 0.01', '--', 'true']],
  ['a command that fails', 1, [...few, '--', 'true', '--', 'false']],
  ['commands with other output', 1, [...few, '--same-output', '--', 'echo 1', '--', 'echo 2']],
])('the proof of a comparison holds: %s', async (_, count, words) => {
  const repo = project();
  if (words.includes('base.json'))
    await perfgate.run(repo.root, 'compare', 'HEAD~1', 'HEAD~1', '--contract', 'c.yaml', '--save', 'base.json');
  await perfgate.run(repo.root, 'compare', ...words);
  const proofs = (await proofsIn(repo.root)).slice(-count);
  expect(proofs).toHaveLength(count);
  for (const bytes of proofs) {
    const { findings, proof } = judgeProof(bytes, 'a');
    expect(findings).toEqual([]);
    const { evidence, summary } = proof!;
    expect(summary.changes.map(({ told }) => told)).toEqual([(evidence as ComparisonPart).record.told]);
    expect(summary.verdict).toMatch(/^(accepted|rejected|inconclusive)$/);
  }
});

it('an exchanged value with a recomputed seal is found if it is a sample or follows from the samples', async () => {
  const repo = project();
  await perfgate.run(repo.root, 'compare', 'HEAD~1..HEAD', '--contract', 'c.yaml');
  const { proof } = judgeProof((await proofsIn(repo.root))[0]!, 'a');
  const random = randomOf('a comparison');
  const forged = Array.from({ length: 100 }, () => forgedAnywhere(proof!, random));
  const missed = forged.filter(({ bytes }) => !isFoundOut(bytes)).map(({ path }) => path);
  // When, where and under which names it was measured, and what was told beside the verdict, stands in the record alone.
  const told = /\.record\.(environment|told|names|started_at|finished_at|nth|sessions\.\w+\.(method|warnings))/;
  expect(missed.filter((path) => !told.test(path))).toEqual([]);
});

it('a contract with an endless schedule is found, and not executed', async () => {
  const repo = project();
  await perfgate.run(repo.root, 'compare', 'HEAD~1..HEAD', '--contract', 'c.yaml');
  const { seal: _, ...forged } = structuredClone(judgeProof((await proofsIn(repo.root))[0]!, 'a').proof!);
  if (forged.evidence.of !== 'comparison') throw new Error('a comparison was expected');
  const { record } = forged.evidence;
  Object.assign(record.contract.repro, { max_runs: 1e12, measurement_runs: 1e11 });
  record.contract_hash = hashContract(record.contract);
  forged.summary = summaryOfComparison(record);
  const { findings } = judgeProof(Buffer.from(textOf(forged)), 'a');
  expect(findings).toMatchObject([
    { code: 'not_checkable', found: expect.stringContaining('more than 1000 executions') },
  ]);
});
