import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatFrontmatter, parseFrontmatter } from '../../src/artifact/frontmatter.ts';
import { exampleContract } from '../../src/contract/example.ts';
import { parseContract } from '../../src/contract/parse.ts';
import type { Run, RunState } from '../../src/record/state.ts';
import { readSubmission } from '../../src/run/drafts.ts';
import { hotspots } from '../../src/stages/hotspots.ts';
import { temporaryFolder } from '../helpers/repository.ts';
import { stateOf } from '../record/state.ts';
import { anything, disturbed, edits, howOften, orRefuses, refusal, timeout, withEdits } from './fuzz.ts';

const state: RunState = { ...stateOf([]), run: 'r', epoch: 5, options: {} } as RunState;
const head = { run: 'r', stage: 'hotspots', epoch: 5, attempt: 1 };
const draft = {
  ...head,
  result: 'proposed',
  hotspots: [{ id: 'main src/a.js:3', file: 'src/a.js', line: 3, self_pct: 40 }, { id: 'b' }],
  contract: parseContract(exampleContract, 'c.yaml') as object,
};
const text = formatFrontmatter(draft, 'Why this order:\n---\nnot a fence: it is in the body\n');

/** Reads it as `submit` does; nothing is written, neither to the draft nor beside it. */
function submitted(folder: string, bytes: Uint8Array) {
  const file = join(folder, 'draft.md');
  writeFileSync(file, bytes);
  const submission = orRefuses(() => readSubmission(file, state, ['proposed', 'exhausted']));
  expect(readdirSync(folder)).toEqual(['draft.md']);
  expect(readFileSync(file).equals(bytes)).toBe(true);
  return submission;
}

it('accepts or refuses a draft with random bytes changed', { timeout }, async () => {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(edits, async (made) => {
      const submission = submitted(folder, withEdits(text, made));
      if (!submission) return;
      expect(submission.draft).toMatchObject({ stage: 'hotspots', epoch: 5 });
      await hotspots.receive({ state } as Run, submission).catch(refusal);
    }),
    howOften(150),
  );
});

it('accepts or refuses a list of hotspots with any value exchanged', { timeout }, async () => {
  const folder = temporaryFolder();
  await fc.assert(
    fc.asyncProperty(disturbed(draft), async (data) => {
      const submission = submitted(folder, Buffer.from(formatFrontmatter(data, '')));
      if (!submission) return;
      const outcome = await hotspots.receive({ state } as Run, submission).catch(refusal);
      if (!outcome) return;
      const list = (outcome.data as { hotspots: { id: string }[] }).hotspots;
      expect(list.every((h) => typeof h.id === 'string' && h.id.length > 0)).toBe(true);
      expect(list.length > 0).toBe(outcome.result === 'proposed');
    }),
    howOften(150),
  );
});

it('reads back every artifact that it writes', { timeout }, () => {
  const body = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('---\nresult: approved\n---\n', '---', '\n\n---\n'),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,9}$/), anything), body, (data, given) => {
      const read = parseFrontmatter(formatFrontmatter(data, given));
      expect(JSON.parse(JSON.stringify(read.data))).toEqual(JSON.parse(JSON.stringify(data)));
      expect(read.body.trim()).toBe(given.replace(/\r\n?/g, '\n').trim());
    }),
    howOften(200),
  );
});
