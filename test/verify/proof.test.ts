import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command as proofCommand } from '../../src/cli/commands/proof.ts';
import { command as verifyCommand } from '../../src/cli/commands/verify/verify.ts';
import { judgeProof } from '../../src/verify/proof/judge.ts';
import { textOf } from '../../src/verify/proof/text.ts';
import { call } from '../helpers/call.ts';
import { perfGate } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/repository.ts';
import { forgedAnywhere, isFoundOut, randomOf, withOneByteEdited } from './edits.ts';
import { type Copy, finishedRun } from './finished-run.ts';

const perfgate = perfGate();
const copy = finishedRun(perfgate);

/** The proof of a run, in a folder outside of any repository. */
async function proofOf(run: Copy, env: Record<string, string> = {}) {
  const file = join(temporaryFolder(), 'a.proof.json');
  const ended = await call(proofCommand, { cwd: run.repo.root, env }, [run.run], { output: file });
  return { ...ended, file };
}

let made: Buffer | undefined;
/** The bytes of one proof for all tests that only read it. */
const bytesOfOne = async () => {
  made ??= readFileSync((await proofOf(copy())).file);
  return made;
};

const verified = async (file: string, cwd = temporaryFolder()) => {
  const ended = await call(verifyCommand, { cwd }, [file], { json: true });
  return { ...ended, told: ended.out === '' ? null : JSON.parse(ended.out) };
};

it('holds without the repository, agrees with the run, and contains its lines unchanged', async () => {
  const run = copy();
  const { code, file } = await proofOf(run);
  expect(code).toBe(0);
  const { told, code: judged } = await verified(file);
  expect(judged).toBe(0);
  const { notes: _, ...here } = await run.verify();
  expect(told).toMatchObject({ of: 'run', id: run.run, holds: true, findings: [], replay: null });
  expect(told.checked).toEqual({ ...here.checked, commits: 0 });
  expect(told.verdicts).toMatchObject([{ verdict: 'accepted', improvement_pct: expect.closeTo(50, 0) }]);
  expect(told.changes[1].commit).toBe(run.repo.git('rev-parse', 'HEAD'));
  const proof = JSON.parse(readFileSync(file, 'utf8'));
  expect(proof.evidence.journal.map((line: string) => `${line}\n`).join('')).toBe(run.read('journal.jsonl'));
  const screen = 'attempt-02-screen';
  expect(`${proof.evidence.samples[screen].join('\n')}\n`).toBe(run.read(`samples/${screen}.jsonl`));
  expect(proof.summary.contract.text).toContain('  script: sh bench.sh');
});

it('the same run gives the same bytes', async () => {
  const run = copy();
  const [one, two] = [await proofOf(run), await proofOf(run)];
  expect(readFileSync(one.file).equals(readFileSync(two.file))).toBe(true);
});

it('every one of a thousand random edits of one byte is found', async () => {
  const bytes = await bytesOfOne();
  const random = randomOf('one byte');
  expect(isFoundOut(bytes)).toBe(false);
  const missed = Array.from({ length: 1000 }, () => withOneByteEdited(bytes, random)).filter(
    (edited) => !isFoundOut(edited),
  );
  expect(missed.map((edited) => edited.findIndex((byte, i) => byte !== bytes[i]))).toEqual([]);
});

it('exchanged values with a recomputed seal are found in every place', async () => {
  const { proof } = judgeProof(await bytesOfOne(), 'a');
  const random = randomOf('one value');
  const forged = Array.from({ length: 60 }, () => forgedAnywhere(proof!, random));
  expect(forged.filter(({ bytes }) => !isFoundOut(bytes)).map(({ path }) => path)).toEqual([]);
});

type Spelling = [what: string, from: RegExp, to: string];

it.each<Spelling>([
  ['a blank more', /"id": /, '"id":  '],
  ['a blank at the end', /$/, ' '],
  ['a line feed more', /^/, '\n'],
  ['a byte order mark', /^/, '\ufeff'],
  ['Windows line ends', /\n/g, '\r\n'],
  ['a digit more', /"perf_gate_proof": 1,/, '"perf_gate_proof": 1.0,'],
  ['a key twice', /"id": /, '"id": "other",\n "id": '],
  ['an escape', /"of": "run"/, '"of": "r\\u0075n"'],
  ['a slash with an escape', /A proof of/, 'A proof\\/of'],
  ['a seal in capitals', /"seal": "(.*)"/, '"seal": "A$1"'],
  ['no line feed at the end', /\n$/, ''],
  ['something after the end', /$/, '{}'],
  ['a prototype', /"id": /, '"__proto__": {"holds": true},\n "id": '],
])('a text with %s is not the canonical one of a proof', async (_, from, to) => {
  const text = (await bytesOfOne()).toString();
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  expect(isFoundOut(Buffer.from(edited))).toBe(true);
});

it('says only that a changed file was changed', async () => {
  const { file } = await proofOf(copy());
  writeFileSync(file, readFileSync(file, 'utf8').replace('"verdict": "accepted"', '"verdict": "rejected"'));
  const { code, told } = await verified(file);
  expect(code).toBe(1);
  expect(told).toMatchObject({ holds: false, id: null, verdicts: [], findings: [{ code: 'proof_changed' }] });
  const shown = await call(verifyCommand, { cwd: temporaryFolder() }, [file]);
  expect(shown.out).toContain('One thing does not hold');
  expect(shown.out).not.toContain('accepted');
});

it('is not written for a run with contradictions', async () => {
  const run = copy();
  run.edit('samples/attempt-02-screen.jsonl', /"noisy":5\d\d/, '"noisy":4');
  const { code, file, out } = await proofOf(run);
  expect(code).toBe(1);
  expect(out).toContain('[samples_changed]');
  expect(() => readFileSync(file)).toThrow('ENOENT');
});

it('is not written if it would contain the value of a secret of this project', async () => {
  const run = copy();
  const { error } = await proofOf(run, { MY_TOKEN: 'sh bench.sh' });
  expect(error?.code).toBe('proof_holds_secret');
  expect(error?.message).toContain('journal.jsonl:1');
});

it('samples that belong to no session are found; their name can neither control a terminal nor forge a line', async () => {
  const { proof } = judgeProof(await bytesOfOne(), 'a');
  const { seal: _, ...more } = structuredClone(proof!);
  Object.assign(more.evidence.samples, { constructor: ['{}'], 'x\u001b[2Jy\nb.json: everything holds': [] });
  const file = join(temporaryFolder(), 'a.json');
  writeFileSync(file, textOf(more));
  const { code, out } = await call(verifyCommand, { cwd: temporaryFolder() }, [file]);
  expect(code).toBe(1);
  expect(out).toMatch(/^ {2}samples\/constructor\.jsonl: .* \[samples_unnamed\]$/m);
  expect(out).toMatch(/^ {2}samples\/xy b\.json: everything holds\.jsonl: .* \[samples_unnamed\]$/m);
});
