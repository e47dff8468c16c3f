import { expect, it } from 'vitest';
import { openRepo } from '../../src/git/repo.ts';
import { comparisonIds } from '../../src/record/runs.ts';
import type { ComparisonPart, Proof } from '../../src/verify/proof/form.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { comparisonPart, makeProof, type Unsealed } from '../../src/verify/proof/make.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import { perfGate } from '../helpers/cli.ts';
import { countingProject } from '../helpers/project.ts';
import { forgedAnywhere, isFoundOut, randomOf } from './edits.ts';

const perfgate = perfGate();

/** A proof with the comparison of another class, and one of other commits. */
async function twoClasses(): Promise<{ proof: Unsealed; other: ComparisonPart }> {
  const repo = countingProject();
  repo.write('work.sh', 'STEPS=50\nANSWER=42\n');
  repo.commit('half the work');
  const compare = (range: string) => perfgate.run(repo.root, 'compare', range, '--contract', 'c.yaml');
  for (const range of ['HEAD~1..HEAD', 'HEAD~1..HEAD', 'HEAD..HEAD~1']) await compare(range);
  const [first, second, third] = comparisonIds(repo.root);
  const opened = await openRepo(repo.root);
  const { replays, ...proof } = makeProof(opened, { of: 'comparison', id: first! }, { env: {}, version: '0.0.0' });
  if (proof.evidence.of === 'comparison') proof.evidence.record.confirm_on = 'loud';
  const elsewhere = comparisonPart(opened, second!);
  Object.assign(elsewhere.record, { class: 'loud', host: 'two', confirms: first });
  return { proof: { ...proof, elsewhere, replays }, other: comparisonPart(opened, third!) };
}

const findingsOf = (proof: Unsealed) => judgeProof(Buffer.from(textOf(proof)), 'a').findings;

it('a proof with the verdict of another class holds, and a forgery of either comparison is found', async () => {
  const { proof, other } = await twoClasses();
  const { findings, checked } = judgeProof(Buffer.from(textOf(proof)), 'a');
  const alone = judgeProof(Buffer.from(textOf({ ...proof, elsewhere: undefined })), 'a');
  expect([findings, checked.sessions]).toEqual([[], 2 * alone.checked.sessions]);
  expect(alone.findings).toMatchObject([{ code: 'elsewhere_missing' }]);

  const { record } = proof.elsewhere!;
  const withRecord = (more: object): Unsealed => {
    const changed = { ...proof.elsewhere!, record: { ...record, ...more } };
    return { ...proof, elsewhere: changed as Proof['elsewhere'] };
  };
  const forged: [proof: Unsealed, where: string][] = [
    [
      { ...proof, elsewhere: { ...other, record: { ...other.record, class: 'loud', confirms: record.confirms } } },
      'elsewhere base',
    ],
    [withRecord({ class: undefined }), 'elsewhere class'],
    [withRecord({ class: 'quiet' }), 'elsewhere class'],
    [withRecord({ confirms: 'another' }), 'elsewhere confirms'],
    [withRecord({ verdict: 'rejected' }), 'elsewhere comparison.md verdict'],
  ];
  for (const [one, where] of forged) expect(findingsOf(one).map((finding) => finding.where)).toContain(where);

  const random = randomOf('another class');
  const { proof: read } = judgeProof(Buffer.from(textOf(proof)), 'a');
  const anywhere = Array.from({ length: 100 }, () => forgedAnywhere(read!, random));
  const missed = anywhere.filter(({ bytes }) => !isFoundOut(bytes)).map(({ path }) => path);
  const told =
    /\.record\.(environment|told|names|started_at|finished_at|nth|host|comparison|sessions\.\w+\.(method|warnings))/;
  expect(missed.filter((path) => !told.test(path))).toEqual([]);
});
