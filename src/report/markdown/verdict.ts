import { changeOf, intervalInWords, moved } from '../estimate.ts';
import { estimateAlone } from '../facts.ts';
import { pOf } from '../p-value.ts';
import { predicted } from '../proposal.ts';
import { thresholdLine } from '../sample-rows.ts';
import type { StoryAttempt, StoryVerdict, Terms } from '../story/story.ts';
import { interval, outcomeWords, regression, runs, shortCommit, watchdogMoved, watchdogWords } from '../words.ts';
import { samplesMarkdown } from './samples.ts';
import { block, code, paragraphs, table, text } from './syntax.ts';

/** The text of a verdict with its reasons, numbers and samples, without a heading. */
export function verdictMarkdown(attempt: StoryAttempt, terms: Terms): string {
  const arms = attempt.confirmation ?? attempt.screen;
  return paragraphs([
    verdictSentence(attempt, terms),
    bulletsOf(attempt, predicted(attempt).map(text)),
    watchdogsTable(attempt, terms),
    arms && `Samples of the ${attempt.confirmation ? 'confirmation' : 'screen'}:`,
    arms && samplesMarkdown(arms, { unit: terms.primary.unit, threshold: thresholdLine(arms, terms) }),
    attempt.diffstat.trim() && block(attempt.diffstat, 'text'),
    attempt.notes.map((n) => `- Note: ${text(n)}`).join('\n'),
    keptAs(attempt),
  ]);
}

/** The reasons and caveats of a verdict, and further lines, as a Markdown list. */
export const bulletsOf = ({ reasons, caveats }: StoryVerdict, more: readonly string[]): string =>
  [...reasons.map(text), ...caveats.map((t) => `**Look at this:** ${text(t)}`), ...more]
    .map((line) => `- ${line}`)
    .join('\n');

/** `**Accepted.** wall_ms 412 ms → 255 ms: 38.2 % lower (better), …` */
export function verdictSentence(judged: StoryVerdict, terms: Terms): string {
  const { word, mark } = outcomeWords[judged.word];
  const said = `**${mark} ${word}**`;
  const effect = judged.primary;
  const changed = effect && changeOf(effect, terms);
  if (!effect || !changed) return `${said}: not measured.`;
  const ci = intervalInWords(effect, terms);
  const from = [code(terms.primary.name), text(moved(effect, terms) ?? '')].filter(Boolean).join(' ');
  const parts = [
    `${from}: **${text(changed)}**`,
    ci && `95 % interval ${ci}`,
    pOf(effect, terms),
    runs(effect),
    estimateAlone(terms),
  ];
  return `${said}: ${parts.filter(Boolean).join(', ')}.`;
}

/** The table of the watchdogs; null for an attempt without watchdogs. */
export function watchdogsTable(judged: StoryVerdict, terms: Terms): string | null {
  if (judged.watchdogs.length === 0) return null;
  const rows = judged.watchdogs.map((w) => {
    const { word, mark } = watchdogWords[w.verdict];
    return [
      code(w.name),
      `${mark} ${word}`,
      text(watchdogMoved(w, terms) ?? '–'),
      regression(w, terms),
      interval(w.ci95_pct) ?? '–',
      `${w.margin_pct} %`,
    ];
  });
  const head = [
    'watchdog',
    'verdict',
    'base → candidate',
    'change',
    'regression, 95 % interval (+ is worse)',
    'margin',
  ];
  return table('lllrrr', head, rows);
}

/**
 * The line that says whether the change was kept, and which command reverts or shows it. Null for an accepted change that perf-gate did not
 * commit, such as the head of a comparison.
 */
function keptAs({ attempt, commit, verdict, ref }: StoryAttempt): string | null {
  if (commit) return `Kept as commit ${code(shortCommit(commit)!)}; ${code(`perf-gate undo ${attempt}`)} reverts it.`;
  return verdict === 'accepted'
    ? null
    : `Not kept; ${code(`perf-gate attempts show ${attempt}`)} shows it (${code(ref)}).`;
}
