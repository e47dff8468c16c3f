import { expect, it } from 'vitest';
import { questions, questionsText } from '../../src/scoping/interview/interview.ts';
import { recon } from '../../src/scoping/recon/recon.ts';

const text = questionsText(questions(recon('examples/slow-report'), 'make the report faster'));
const lines = text.split('\n');

it('tells every question with its default first', () => {
  const asked = lines.filter((line) => /^\d+\. /.test(line));
  expect(asked.length).toBeGreaterThanOrEqual(6);
  for (const question of asked) expect(lines[lines.indexOf(question) + 1], question).toMatch(/^ {3}- .*\(default\)$/);
});

it('offers what was found in the repository', () => {
  expect(text).toMatch(
    /Which command reproduces the workload\?.*\n {3}- node report\.mjs: .* \(default\)\n {3}- node --test/,
  );
});

it('says where several may be chosen, and marks each that is a default', () => {
  const [, guards = ''] = /What must hold[^\n]*\(any number\)\n([\s\S]*)$/.exec(text) ?? [];
  expect(guards.split('\n').map((line) => line.endsWith('(default)'))).toEqual([true, true, false]);
});
