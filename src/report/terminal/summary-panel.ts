import { count } from '../../core/text.ts';
import { signed } from '../estimate.ts';
import { estimateAlone } from '../facts.ts';
import { headline } from '../headline.ts';
import type { Story, StoryAttempt, Terms } from '../story/story.ts';
import { change, outcomeWords, shortCommit } from '../words.ts';
import { columns, type Look, type Piece, shown, toned, wrap } from './look.ts';
import { box, improvementBar, innerWidth } from './panel.ts';

/**
 * The summary of an ended run for a terminal: outcome, total, one line per attempt, and the path of the report. The text does not end with
 * a line break.
 */
export function summaryPanel(story: Story, look: Look): string {
  const { contract, total, attempts } = story;
  const width = innerWidth(look);
  const { word, mark, ascii, tone } = outcomeWords[story.outcome];
  const said = (text: string) => wrap(shown(text, look), width);
  const alone = estimateAlone(contract);
  const product = total?.product_of_gains_pct ?? null;
  const lines: Piece[][] = [
    ...said(story.task).map((l) => [toned(l, 'strong')]),
    [],
    ...said(headline(story)).map((l) => [l]),
    ...(total ? improvementBar(total, contract.threshold_pct, tone, look, width) : []),
    ...(alone ? said(alone).map((l) => [toned(l, 'open')]) : []),
    ...(product === null
      ? []
      : said(`product of the single gains: ${change(product, contract.primary.lower_is_better)}`).map((l) => [
          toned(l, 'faint'),
        ])),
    ...(attempts.length > 0 ? [[]] : []),
    ...attempts.map((a) => attemptLine(a, contract, look)),
    ...(story.warnings.length > 0
      ? [[], [toned(`${count(story.warnings.length, 'warning')} about the measurement`, 'open')]]
      : []),
    [],
    ...said(`${story.branch ? `branch ${story.branch} · ` : ''}perf-gate report --open`).map((l) => [
      toned(l, 'faint'),
    ]),
  ];
  return box(
    [toned(`${look.unicode ? mark : ascii} ${word.toUpperCase()}`, tone), ` ${shown(story.run, look)}`],
    tone,
    lines,
    look,
  );
}

/**
 * The line of an attempt, such as `✓ 1 parseRows src/report.ts:42 +22.7 % 1a2b3c4`. The name of the hotspot is cut if the line is too short
 * for it.
 */
function attemptLine(attempt: StoryAttempt, terms: Terms, look: Look): Piece[] {
  const { mark, ascii, tone } = outcomeWords[attempt.verdict];
  const gain = shown(signed(attempt.primary, terms), look).padStart(9);
  const commit = (shortCommit(attempt.commit) ?? '').padStart(9);
  const number = ` ${String(attempt.attempt).padStart(2)}  `;
  const room = innerWidth(look) - 1 - number.length - columns(gain) - commit.length;
  const [first, ...more] = wrap(shown(attempt.hotspot, look), room - 1);
  const name = more.length > 0 ? `${first}${look.unicode ? '…' : '~'}` : first!;
  const padding = ' '.repeat(Math.max(0, room - columns(name)));
  return [toned(look.unicode ? mark : ascii, tone), number, name, padding, gain, toned(commit, 'faint')];
}
