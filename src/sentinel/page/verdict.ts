import { gradeOf } from '../audit/score.ts';
import { toneOf } from '../words.ts';
import type { Badge } from './frame.ts';

const marks = { good: '✓', open: '•', bad: '!', faint: '', strong: '' };

/** A score from 0 to 100 as a grade with its symbol. */
export function verdictOf(score: number): Badge {
  const { grade, words } = gradeOf(score);
  const tone = toneOf(score);
  return { word: `${grade}, ${words}`, mark: marks[tone], tone };
}
