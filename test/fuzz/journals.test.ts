import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJournal } from '../../src/artifact/journal.ts';
import { systemClock } from '../../src/core/clock.ts';
import { openRepo } from '../../src/git/repo.ts';
import { openForWriting } from '../../src/run/open-run.ts';
import { locked } from '../../src/run/run-lock.ts';
import { perfGate } from '../helpers/cli.ts';
import { finishedRun } from '../verify/finished-run.ts';
import { disturbed, edits, howOften, orRefuses, refusal, timeout, withEdits } from './fuzz.ts';

const perfgate = perfGate();
const copy = finishedRun(perfgate);

it('opens a journal with random bytes changed up to the damage, or refuses it and leaves it unchanged', {
  timeout,
}, async () => {
  const run = copy();
  const repo = await openRepo(run.repo.root);
  const world = {
    cwd: repo.root,
    env: perfgate.env(),
    clock: systemClock,
    notify: () => {},
    signal: new AbortController().signal,
  };
  const file = run.path('journal.jsonl');
  const honest = readFileSync(file);
  const records = readJournal(file).records.map((r) => r.sum);
  await locked(repo, 'a test', async (lock) =>
    fc.assert(
      fc.property(edits, (made) => {
        const bytes = withEdits(honest, made);
        writeFileSync(file, bytes);
        const opened = orRefuses(() => openForWriting(repo, run.run, world, lock));
        if (!opened) {
          expect(readFileSync(file).equals(bytes)).toBe(true);
          return;
        }
        // Nothing that was changed is believed: what is left is the beginning of the honest journal.
        const kept = readJournal(file).records.map((r) => r.sum);
        expect(kept).toEqual(records.slice(0, kept.length));
        expect(opened.run.state.run).toBe(run.run);
      }),
      howOften(150),
    ),
  );
});

it('finds that the bytes of a journal were changed', { timeout }, async () => {
  const run = copy();
  const honest = readFileSync(run.path('journal.jsonl'));
  await fc.assert(
    fc.asyncProperty(edits, async (made) => {
      const bytes = withEdits(honest, made);
      writeFileSync(run.path('journal.jsonl'), bytes);
      const { holds, notes } = await run.verify();
      const same = bytes.subarray(0, bytes.lastIndexOf('\n') + 1).equals(honest);
      expect(holds).toBe(same);
      if (same && !bytes.equals(honest)) expect(notes.map((n) => n.code)).toContain('torn_tail');
    }),
    howOften(15, 0.02),
  );
});

it('verifies a run with any value of the journal exchanged and the hashes recomputed', { timeout }, async () => {
  const run = copy();
  const honest = run.lines();
  await fc.assert(
    fc.asyncProperty(disturbed(honest), async (lines) => {
      run.rechain(lines);
      const { findings } = (await run.verify().catch(refusal)) ?? { findings: [] };
      for (const { code, where } of findings) expect(`${code} ${where}`).toMatch(/^[a-z_]+ \S/);
    }),
    howOften(30, 0.02),
  );
});
