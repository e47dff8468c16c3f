import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openRepo } from '../../src/git/repo.ts';
import { comparisonIds } from '../../src/record/runs.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { makeProof } from '../../src/verify/proof/make.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import { perfGate } from '../helpers/cli.ts';
import { repository, type TestRepository } from '../helpers/repository.ts';
import { forgedAnywhere, isFoundOut, randomOf } from './edits.ts';

const perfgate = perfGate();

const shared = { version: 1, claim: 'no_worse', threshold: { no_worse_pct: 3 }, profiler: 'none', room: 'off' };
const steps = { name: 'n', unit: 'steps', source: { stdout: 'metric', key: 'n' }, deterministic: true };
const listed = {
  ...shared,
  repro: { measurement_runs: 3, max_runs: 3 },
  metrics: { primary: steps },
  benchmarks: ['one', 'two', 'new'].map((name) => ({ name, repro: { script: `sh ${name}.sh` } })),
};
const every = {
  ...shared,
  repro: { script: 'sh one.sh && sh tool.sh', measurement_runs: 6, max_runs: 6 },
  metrics: { primary: { name: 'mean', unit: 's', source: { format: 'hyperfine', file: 'out.json', key: '*' } } },
};
const result = (name: string) => `{"command":"${name}","times":[$((1000 + $(od -An -N1 -tu1 /dev/urandom) % 30))]}`;

function project(contract: object): TestRepository {
  const repo = repository({
    'c.yaml': stringify(contract),
    'one.sh': 'echo METRIC n=100\n',
    'two.sh': 'echo METRIC n=200\n',
    'tool.sh': `cat > out.json <<END\n{"results":[${result('a')},${result('b')}]}\nEND\n`,
  });
  repo.write('two.sh', 'echo METRIC n=300\n');
  repo.write('new.sh', 'echo METRIC n=1\n');
  repo.commit('the change');
  return repo;
}

async function proofOf(repo: TestRepository): Promise<Buffer> {
  await perfgate.run(repo.root, 'compare', 'HEAD~1..HEAD', '--contract', 'c.yaml');
  const [id] = comparisonIds(repo.root);
  const named = { of: 'suite', id: id! } as const;
  return Buffer.from(textOf(makeProof(await openRepo(repo.root), named, { env: {}, version: '0.0.0' })));
}

it.each([
  ['benchmarks with commands of their own', listed, ['one: held', 'two: regressed']],
  ['one command that prints them', every, [expect.stringMatching(/^a: /), expect.stringMatching(/^b: /)]],
])('the proof of a suite holds, and an exchanged value is found: %s', async (_, contract, reasons) => {
  const bytes = await proofOf(project(contract));
  const { findings, proof, checked } = judgeProof(bytes, 'a');
  expect([findings, checked.sessions]).toEqual([[], 1]);
  expect(proof!.summary.changes).toMatchObject([{ reasons }]);
  const random = randomOf('a suite');
  const forged = Array.from({ length: 100 }, () => forgedAnywhere(proof!, random));
  const missed = forged.filter((one) => !isFoundOut(one.bytes)).map(({ path }) => path);
  // when and where it was measured, under which names, and what no sample tells, stands in the record alone
  const told =
    /\.record\.(environment|names|started_at|finished_at|nth|method|added|removed|broken|benchmarks\.\d+\.unseen)/;
  expect(missed.filter((path) => !told.test(path))).toEqual([]);
});

it('the command writes the proof of a suite, judges it anywhere, and measures it again', async () => {
  const repo = project(listed);
  await perfgate.run(repo.root, 'compare', 'HEAD~1..HEAD', '--contract', 'c.yaml');
  const [id] = comparisonIds(repo.root);
  const made = await perfgate.json(repo.root, 'proof', id!, '--output', 'a.proof.json');
  expect(made).toMatchObject({ code: 0, of: 'suite', id, holds: true });
  const judged = await perfgate.run(repo.root, 'verify', 'a.proof.json');
  expect(judged.stdout).toMatch(/everything holds[\s\S]*The suite [\s\S]*\n {2}one: held\n {2}two: regressed/);
  const again = await perfgate.run(repo.root, 'verify', 'a.proof.json', '--replay', '--output', 'both.proof.json');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/measured here +rejected/) });
  // the commands of a stranger are shown before they run
  expect(again.stderr).toContain('two: `{ repro: { script: sh two.sh } }`');
  const both = await perfgate.json(repo.root, 'verify', 'both.proof.json');
  expect(both).toMatchObject({ code: 0, holds: true, verdicts: [{ verdict: 'rejected' }, { verdict: 'rejected' }] });
});
