import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openRepo } from '../../src/git/repo.ts';
import { claimOf } from '../../src/verify/proof/claim.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { replay } from '../../src/verify/proof/replay.ts';
import { perfGate } from '../helpers/cli.ts';
import { type ContractChange, contractText, files, halve, sampled } from '../helpers/project.ts';
import { at, repository, type TestRepository, temporaryFolder } from '../helpers/repository.ts';
import { isFoundOut, randomOf, withOneByteEdited } from './edits.ts';
import { withMadeUpSamples } from './forged-comparison.ts';

const perfgate = perfGate();

// biome-ignore lint/suspicious/noExplicitAny: what is printed is checked field by field
type Printed = any;

/** Two commits in a folder of a larger repository: the second has half the work, or says nothing but that it has. */
function project(work: string, change: ContractChange = {}): { repo: TestRepository; app: TestRepository } {
  const all = { ...files, 'c.yaml': contractText({ metrics: { primary: sampled }, ...change }) };
  const repo = repository(Object.fromEntries(Object.entries(all).map(([path, text]) => [`app/${path}`, text])));
  repo.write('app/work.sh', work);
  repo.commit('less work');
  return { repo, app: at(join(repo.root, 'app')) };
}

function cloneOf(repo: TestRepository, ...more: string[]): string {
  const clone = join(temporaryFolder(), 'clone');
  execFileSync('git', ['clone', '-q', ...more, `file://${repo.root}`, clone]);
  return clone;
}

async function proofOfCommits(app: TestRepository): Promise<string> {
  const { comparison } = await perfgate.json<Printed>(app.root, 'compare', 'HEAD~1..HEAD', '--contract', 'c.yaml');
  const file = join(temporaryFolder(), 'a.proof.json');
  const { code } = await perfgate.json<Printed>(app.root, 'proof', comparison, '--output', file);
  expect(code).toBe(0);
  return file;
}

it('a true gain is measured again in another clone; the new file carries both verdicts, and no byte of it can be edited', async () => {
  const { repo, app } = project('STEPS=50\nANSWER=42\n');
  const file = await proofOfCommits(app);
  expect(await perfgate.json<Printed>(temporaryFolder(), 'verify', file)).toMatchObject({ code: 0, of: 'comparison' });
  const clone = cloneOf(repo);
  const both = join(temporaryFolder(), 'both.proof.json');
  const replayed = await perfgate.run(clone, 'verify', file, '--replay', '--output', both);
  expect(replayed.code).toBe(0);
  expect(replayed.stderr).toContain('script: `sh bench.sh`');
  expect(replayed.stdout).toMatch(/^in the proof +accepted +(49|50)\.\d % lower/m);
  expect(replayed.stdout).toMatch(/^measured here +accepted +(49|50)\.\d % lower/m);
  const told = await perfgate.json<Printed>(temporaryFolder(), 'verify', both);
  expect(told).toMatchObject({ code: 0, holds: true, findings: [] });
  expect(told.verdicts).toMatchObject([{ verdict: 'accepted' }, { verdict: 'accepted' }]);
  expect(told.checked.sessions).toBe(4);
  const [bytes, random] = [readFileSync(both), randomOf('both')];
  const edits = Array.from({ length: 200 }, () => withOneByteEdited(bytes, random));
  expect(edits.filter((edited) => !isFoundOut(edited))).toHaveLength(0);
});

it('a proof with made-up samples and fitting hashes holds, and a replay contradicts it', async () => {
  const { repo, app } = project('STEPS=100\nANSWER=42\n# much less work\n');
  const file = await proofOfCommits(app);
  const { proof } = judgeProof(readFileSync(file), file);
  expect(proof!.summary.verdict).toBe('rejected');
  writeFileSync(file, withMadeUpSamples(proof!));
  expect(await perfgate.json<Printed>(temporaryFolder(), 'verify', file)).toMatchObject({
    code: 0,
    findings: [],
    verdicts: [{ verdict: 'accepted', improvement_pct: expect.closeTo(50, 0) }],
  });
  const replayed = await perfgate.json<Printed>(cloneOf(repo), 'verify', file, '--replay');
  expect(replayed).toMatchObject({ code: 1, holds: true, replay: { verdict: 'rejected', agrees: false } });
});

it('a run is measured again from its first commit to its last; missing commits are named', async () => {
  const repo = repository({ ...files, 'c.yaml': contractText() });
  const run = ['start', 'faster', '--contract', 'c.yaml', '--yes', '--fix-command', halve];
  expect(await perfgate.json(repo.root, ...run)).toMatchObject({ outcome: 'accepted' });
  const file = join(temporaryFolder(), 'a.proof.json');
  await perfgate.json(repo.root, 'proof', '--output', file);
  const clone = cloneOf(repo);
  expect(await perfgate.json<Printed>(clone, 'verify', file, '--replay')).toMatchObject({
    code: 0,
    replay: { verdict: 'accepted', improvement_pct: 50, agrees: true },
  });
  const shallow = await perfgate.json<Printed>(cloneOf(repo, '--depth', '1'), 'verify', file, '--replay');
  const base = repo.git('rev-parse', 'HEAD~1');
  expect(shallow).toMatchObject({
    code: 4,
    holds: true,
    replay: null,
    notes: [{ code: 'commit_not_here', where: base }],
  });
});

it('in a replay too, files that a run protected by default are those of the base', async () => {
  const repo = repository({ ...files, 'c.yaml': contractText({ guards: { protected: ['other.txt'] } }) });
  repo.write('bench.sh', repo.read('bench.sh').replace('$STEPS"', '$((STEPS / 2))"'));
  repo.commit('an easier benchmark');
  const { proof } = judgeProof(readFileSync(await proofOfCommits(repo)), 'a');
  const { claim } = claimOf(proof!.summary, proof!.evidence);
  expect(claim!.verdict).toBe('accepted');
  const world = { cwd: repo.root, env: perfgate.env(), clock: systemClock, notify: () => {} };
  const { signal } = new AbortController();
  const here = await openRepo(cloneOf(repo));
  const given = { proof: proof!, claim: { ...claim!, sealed: ['bench.sh'] } };
  expect((await replay(here, { ...world, signal }, given)).verdict.verdict).toBe('rejected');
});

it('two commands cannot be measured again elsewhere, and their proof is judged like any other', async () => {
  const repo = repository(files);
  const words = ['compare', '--runs', '5', '--max-runs', '5', '--metric', 'cpu', '--', 'true', '--', 'true'];
  await perfgate.run(repo.root, ...words);
  const [id = ''] = (await perfgate.json<Printed>(repo.root, 'list')).comparisons.map((c: Printed) => c.comparison);
  const { proof: file } = await perfgate.json<Printed>(repo.root, 'proof', id);
  expect(file).toBe(`${id}.proof.json`);
  expect(await perfgate.json<Printed>(repo.root, 'verify', file)).toMatchObject({ code: 0, of: 'comparison' });
  const refused = await perfgate.json<Printed>(repo.root, 'verify', file, '--replay');
  expect(refused).toMatchObject({ code: 2, error: { code: 'proof_not_replayable' } });
  expect(refused.error.message).toContain('it compares two commands');
});
