import { baselineFacts, meaning, methodFacts, nextCommands, runFacts } from '../facts.ts';
import { headline, totals } from '../headline.ts';
import { armRows } from '../sample-rows.ts';
import type { Fact, Story } from '../story.ts';
import { thresholdOf } from '../threshold.ts';
import { count } from '../words.ts';
import { attemptsMarkdown } from './attempts.ts';
import { profileMarkdown } from './hotspots.ts';
import { samplesMarkdown } from './samples.ts';
import { code, paragraphs, table, text } from './syntax.ts';

/** The whole story on one page, as a reviewer reads it in a pull request. Without frontmatter; ends with a line break. */
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
    samplesMarkdown(armRows(total.samples), {
      unit: contract.primary.unit,
      threshold: thresholdOf(total.samples, contract),
    })
  );
}
