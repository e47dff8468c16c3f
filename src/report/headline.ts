import { count } from '../core/text.ts';
import { changeOf, intervalInWords, lowerBound, moved } from './estimate.ts';
import type { Story } from './story/story.ts';
import { change } from './words.ts';

/** The verdict of the run in one sentence of plain text. */
export function headline(story: Story): string {
  return sentences[story.outcome](story);
}

/**
 * The improvement of the whole run: first as measured from the base to the final head, then as the product of the gains of all changes.
 * Empty without a total.
 */
export function totals(story: Story): { label: string; value: string }[] {
  const { total, contract } = story;
  if (!total) return [];
  const facts = [
    {
      label: 'Total: base against final head, measured separately',
      value: changeOf(total, contract) ?? 'not measured',
    },
  ];
  const ci = intervalInWords(total, contract);
  if (ci) facts.push({ label: '95 % interval of the total', value: ci });
  const bound = lowerBound(total, contract);
  if (bound) facts.push({ label: 'Total, lower bound', value: bound });
  if (total.product_of_gains_pct !== null)
    facts.push({
      label: 'Product of the single gains, for comparison',
      value: change(total.product_of_gains_pct, contract.primary.lower_is_better),
    });
  return facts;
}

/** `2 of 5 attempts kept`. */
export function keptCount(story: Story): string {
  const kept = story.attempts.filter((a) => a.verdict === 'accepted').length;
  return story.attempts.length === 0
    ? 'no change was tried'
    : `${kept} of ${count(story.attempts.length, 'attempt')} kept`;
}

const sentences: Record<Story['outcome'], (story: Story) => string> = {
  accepted: (story) => `Accepted: ${acceptedText(story)}${because(story)}.`,
  rejected: (story) =>
    story.attempts.length === 0
      ? `Rejected: no change was tried, so nothing was kept${because(story)}.`
      : `Rejected: ${noneOf(story, 'passed', 'did not pass')}${because(story)}.`,
  inconclusive: (story) => `Inconclusive: ${noneOf(story, 'could be proven', 'could not be proven')}${because(story)}.`,
  aborted: (story) => `Aborted: ${keptCount(story)}${because(story)}.`,
  escalated: (story) => `Stopped, because a person is needed: ${keptCount(story)}${because(story)}.`,
};

function acceptedText(story: Story): string {
  const { total, contract } = story;
  const changed = total && changeOf(total, contract);
  if (!total || !changed) return `${keptCount(story)}; the total was not measured`;
  const ci = intervalInWords(total, contract);
  const arrow = moved(total, contract);
  const figures = `${contract.primary.name} is ${changed} than at the start${arrow ? `, ${arrow}` : ''}`;
  return `${figures}${ci ? ` (95 % interval ${ci})` : ''}, with ${keptCount(story)}`;
}

function noneOf(story: Story, plural: string, singular: string): string {
  const n = story.attempts.length;
  const who = n === 1 ? `the one attempt ${singular}` : `none of the ${n} attempts ${plural}`;
  return `${who} (threshold: ${story.contract.threshold}), so nothing was kept`;
}

function because(story: Story): string {
  return story.outcome_reason ? ` (${story.outcome_reason.trim().replace(/\.$/, '')})` : '';
}
