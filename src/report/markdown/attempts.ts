import { duration } from '../../core/units.ts';
import { calibrationText } from '../predictions.ts';
import type { Story, StoryAttempt } from '../story.ts';
import { interval, outcomeWords, pValue, runs, shortCommit, signed } from '../words.ts';
import { code, paragraphs, table, text } from './syntax.ts';
import { verdictMarkdown } from './verdict.ts';

/** One row per attempt, then a section for each. */
export function attemptsMarkdown(story: Story): string {
  if (story.attempts.length === 0) return 'No change was tried.';
  return paragraphs([
    overview(story),
    calibrationText(story.attempts.map(predictionOf)),
    ...story.attempts.map((a) => section(a, story)),
  ]);
}

function overview(story: Story): string {
  const { unit } = story.contract.primary;
  const rows = story.attempts.map((a) => {
    const { word, mark } = outcomeWords[a.verdict];
    return [
      String(a.attempt),
      code(a.hotspot),
      `${mark} ${word}`,
      text(signed(a.primary, unit)),
      interval(a.primary?.ci95_pct ?? null) ?? '–',
      a.primary ? pValue(a.primary).replace(/^p (= )?/, '') : '–',
      a.primary ? runs(a.primary).replace(' runs', '') : '–',
      a.commit ? code(shortCommit(a.commit)!) : '–',
      text(a.reasons[0] ?? ''),
    ];
  });
  const head = ['#', 'hotspot', 'verdict', 'improvement (+ is better)', '95 % interval', 'p', 'runs', 'commit', 'why'];
  return table('rllrrrrll', head, rows);
}

const predictionOf = ({ predicted_pct, primary }: StoryAttempt) => ({
  predicted_pct,
  measured_pct: primary?.improvement_pct ?? null,
});

function section(attempt: StoryAttempt, story: Story): string {
  const took = attempt.duration_s === null ? '' : ` (${duration(attempt.duration_s)})`;
  const title = `### Attempt ${attempt.attempt}: ${code(attempt.hotspot)}${took}`;
  return paragraphs([title, verdictMarkdown(attempt, story.contract)]);
}
