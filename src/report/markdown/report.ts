import { count } from '../../core/text.ts';
import { duration } from '../../core/units.ts';
import { intervalOf, signed } from '../estimate.ts';
import { baselineFacts, meaning, methodFacts, nextCommands, runFacts } from '../facts.ts';
import { headline, totals } from '../headline.ts';
import { doubted, pCell } from '../p-value.ts';
import { calibrationText } from '../proposal.ts';
import { thresholdLine } from '../sample-rows.ts';
import type { Fact, Story, StoryAttempt } from '../story/story.ts';
import { outcomeWords, runsCell, shortCommit } from '../words.ts';
import { profileMarkdown } from './hotspots.ts';
import { samplesMarkdown } from './samples.ts';
import { code, paragraphs, table, text } from './syntax.ts';
import { verdictMarkdown } from './verdict.ts';

/** The report of the whole run on one page, for a reviewer of its pull request. The text has no frontmatter and ends with a line break. */
export function reportMarkdown(story: Story): string {
  return `${paragraphs([
    `# ${text(story.task)}`,
    `**${text(headline(story))}**`,
    facts([...totals(story), ...runFacts(story)]),
    story.warnings.length > 0 &&
      `${count(story.warnings.length, 'warning')} about the measurement: see “How it was measured”.`,
    totalSamples(story),
    '## Attempts',
    attemptsMarkdown(story),
    profileMarkdown(story.profile),
    '## How it was measured',
    facts(methodFacts(story)),
    story.warnings.map((w) => `- **Warning:** ${text(w)}`).join('\n'),
    story.baseline && '### Baseline',
    facts(baselineFacts(story)),
    story.environment.length > 0 && '### Environment',
    facts(story.environment),
    '## What the figures mean',
    meaning(story).map(text).join(' '),
    '## Taking a change back',
    nextCommands.map((c) => `- ${code(c.command)} ${c.does}.`).join('\n'),
  ])}\n`;
}

/** A table with one row per attempt, then a section for each attempt. */
function attemptsMarkdown(story: Story): string {
  if (story.attempts.length === 0) return 'No change was tried.';
  return paragraphs([
    overview(story),
    calibrationText(story.attempts.map(predictionOf)),
    ...story.attempts.map((a) => section(a, story)),
  ]);
}

function overview(story: Story): string {
  const { contract } = story;
  const rows = story.attempts.map((a) => {
    const { word, mark } = outcomeWords[a.verdict];
    return [
      String(a.attempt),
      code(a.hotspot),
      `${mark} ${word}`,
      text(signed(a.primary, contract)),
      text(intervalOf(a.primary, contract) ?? '–'),
      pCell(a.primary),
      runsCell(a.primary),
      a.commit ? code(shortCommit(a.commit)!) : '–',
      text(a.reasons[0] ?? ''),
    ];
  });
  const p = `p ${text(doubted(contract))}`;
  const head = ['#', 'hotspot', 'verdict', 'improvement (+ is better)', '95 % interval', p, 'samples', 'commit', 'why'];
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

function facts(list: Fact[]): string | null {
  return list.length === 0
    ? null
    : table(
        'll',
        ['', ''],
        list.map((f) => [text(f.label), text(f.value)]),
      );
}

function totalSamples(story: Story): string | null {
  const { total, contract } = story;
  return (
    total &&
    samplesMarkdown(total.samples, {
      unit: contract.primary.unit,
      threshold: thresholdLine(total.samples, contract),
    })
  );
}
