import { askedBy } from '../experiment/asked-by.ts';
import type { RoomOfSession } from '../experiment/judged.ts';
import { deciding } from '../experiment/verdict.ts';
import { type Caution, type Comparison, contractInForce } from '../record/comparison.ts';
import { prComment } from './markdown/pr-comment.ts';
import { apartText } from './not-in-a-clone.ts';
import { reasonLine } from './reasons.ts';
import { roomText } from './room.ts';
import { storyContract, storyVerdict } from './story/of-verdict.ts';
import type { StoryContract, StoryVerdict } from './story/story.ts';
import { unseenText } from './unseen.ts';
import { warningText } from './warnings.ts';

/** A comparison in words. */
type Words = {
  base: string;
  head: string;
  judged: StoryVerdict;
  contract: StoryContract;
  /** Sentences about facts that make the comparison's verdict less reliable. */
  warnings: string[];
};

export function comparisonWords(comparison: Comparison): Words {
  const contract = contractInForce(comparison);
  const { of, base, head, names, against } = comparison;
  return {
    base: against ?? (of === 'commits' ? commitName(base, names.base) : base),
    head: of === 'commits' ? commitName(head, names.head) : head,
    judged: storyVerdict(comparison, askedBy(contract), comparison.told),
    contract: storyContract(contract, contract.significance.test),
    warnings: comparisonWarnings(comparison),
  };
}

/** The Markdown of a comparison: the comment for a pull request, and the text of the comparison's artifact. */
export const comparisonMarkdown = (comparison: Comparison): string => prComment(comparisonWords(comparison));

/** The reasons as `code: sentence`. */
export function comparisonReasons({ reasons, contract }: Comparison): string[] {
  return reasons.map((reason) => reasonLine(reason, askedBy(contract)));
}

export function comparisonWarnings({ cautions, protected_from_base, sessions }: Comparison): string[] {
  return [
    ...cautions.map(cautionText),
    ...protected_from_base.map(
      (path) => `${path} is protected and differs: both arms were measured with the base’s version`,
    ),
    ...roomLines(deciding(sessions)?.room),
    ...(deciding(sessions)?.warnings ?? []).map(warningText),
  ];
}

const roomLines = (room: RoomOfSession | undefined) => (room ? [roomText(room)] : []);

type Sentences = { [Code in Caution['code']]: (facts: Extract<Caution, { code: Code }>) => string };

const cautionSentences: Sentences = {
  measured_before: ({ saved_at, runs }) =>
    `the baseline was measured earlier (${saved_at}, ${runs} executions), not in turn with the head: a drift of the machine cannot be distinguished from an effect`,
  measured_elsewhere: ({ runs }) =>
    `the base’s ${runs} samples come from another tool, and were not taken in turn with the head; their time, machine and commit are unknown: a difference in any of these cannot be distinguished from an effect`,
  machine_differs: ({ facts }) =>
    `the machine differs: ${facts.map(({ fact, before, now }) => `${fact} was ${before}, and now is ${now}`).join('; ')}`,
  laid_over: ({ paths }) =>
    `${paths.join(', ')} ${paths.length === 1 ? 'is' : 'are'} protected and not tracked by git: both arms were measured with the work tree’s version`,
  not_in_a_clone: (apart) => apartText(apart),
  unseen: ({ files }) => unseenText(['the benchmark'], files),
  base_commit_missing: () =>
    'the commit of the baseline is not in this repository: the head’s versions of protected files were used',
};

const cautionText = (caution: Caution) => (cautionSentences[caution.code] as (facts: Caution) => string)(caution);

/** The first 12 characters of the commit id. If the user named a branch or tag: its name, then these characters in brackets. */
const commitName = (commit: string, name: string) =>
  commit.startsWith(name) ? commit.slice(0, 12) : `${name} (${commit.slice(0, 12)})`;
