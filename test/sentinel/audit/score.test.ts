import { expect, it } from 'vitest';
import { gradeOf, scoreOf } from '../../../src/sentinel/audit/score.ts';

const none = { edit: null, prompt: null, session_start: null, turn_end: null };

it.each([
  ['nothing was run and nothing found', none, [], 100],
  ['every wait is within its budget', { edit: 100, prompt: 40, session_start: 500, turn_end: 1 }, [], 100],
  ['an edit takes twice its budget', { ...none, edit: 200 }, [], 88],
  ['a prompt takes four times its budget', { ...none, prompt: 400 }, [], 84],
  ['a session begins after twice its budget', { ...none, session_start: 1000 }, [], 92],
  ['a turn ends after twice its budget', { ...none, turn_end: 1000 }, [], 96],
  ['waits take 60 at most', { ...none, edit: 1e9 }, [], 40],
  ['findings weigh by their severity', none, ['high', 'medium', 'low', 'low'], 86],
  ['findings take 40 at most', none, Array(9).fill('high'), 60],
  ['both together', { ...none, edit: 1e9 }, Array(9).fill('high'), 0],
] as const)('%s', (_, waits, severities, score) => {
  expect(
    scoreOf(
      waits,
      severities.map((severity) => ({ severity })),
    ),
  ).toBe(score);
});

it('grades follow the usual score limits', () => {
  const grades = [100, 95, 94, 90, 89, 80, 79, 60, 59, 40, 39, 0].map((score) => gradeOf(score).grade);
  expect(grades).toEqual(['A+', 'A+', 'A', 'A', 'B', 'B', 'C', 'C', 'D', 'D', 'F', 'F']);
});
