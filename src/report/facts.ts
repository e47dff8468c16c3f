import { percent } from '../core/figures.ts';
import { duration, moment, quantity } from '../core/units.ts';
import type { Fact, Story, Terms } from './story/story.ts';
import { shortCommit } from './words.ts';

/** Facts about how the run was measured, one fact a line, in plain text. */
export function methodFacts(story: Story): Fact[] {
  const c = story.contract;
  const better = c.primary.lower_is_better ? 'lower is better' : 'higher is better';
  return [
    { label: 'Command', value: c.script },
    { label: 'Domain', value: c.domain },
    { label: 'Primary metric', value: `${c.primary.name} in ${c.primary.unit}, ${better}, from ${c.primary.source}` },
    { label: 'Threshold', value: c.threshold },
    { label: 'Claim', value: estimateAlone(c) ?? claims[c.claim] },
    { label: 'Test', value: `${c.test}, alpha ${c.alpha}` },
    { label: 'Confirmation', value: confirmations[String(c.confirm) as 'true' | 'false'] },
    { label: 'Order', value: c.order },
    { label: 'Isolation', value: c.isolation },
    ...c.watchdogs.map((w) => ({ label: `Watchdog ${w.name}`, value: `at most ${w.margin_pct} % worse` })),
    ...c.guards.map((g) => ({ label: `Guard ${g.label}`, value: g.value })),
  ];
}

/** Facts about the machine. Unknown facts are left out. */
export function machineFacts(environment: Record<string, unknown>): Fact[] {
  return Object.entries(environment).flatMap(([label, value]) =>
    value === null ? [] : [{ label: label.replace(/_/g, ' '), value: String(value) }],
  );
}

/** Facts about the samples of the unchanged program, such as their median and spread. */
export function baselineFacts(story: Story): Fact[] {
  const b = story.baseline;
  if (!b) return [];
  return [
    { label: 'Median', value: quantity(b.median, story.contract.primary.unit) },
    { label: 'Spread', value: b.spread_pct === null ? '–' : `± ${percent(b.spread_pct)}` },
    { label: 'Samples', value: String(b.n) },
    {
      label: 'Smallest detectable improvement (80 % power)',
      value: b.resolvable_pct === null ? '–' : percent(b.resolvable_pct),
    },
  ];
}

/** A remark that is printed with every verdict under a contract that requires no significance. Null for any other contract. */
export function estimateAlone(terms: Pick<Terms, 'significance_required'>): string | null {
  return terms.significance_required ? null : 'significance not required: the estimate alone decides';
}

/** The facts at the head of a report: run, project, branch, commits, times. */
export function runFacts(story: Story): Fact[] {
  const { base_commit, final_commit, project } = story.repository;
  const failed = story.profile.at(-1)?.failed;
  const seconds = story.finished_at ? (Date.parse(story.finished_at) - Date.parse(story.started_at)) / 1000 : null;
  const commits = [shortCommit(base_commit), shortCommit(final_commit)].filter((c) => c !== null).join(' → ');
  return [
    { label: 'Run', value: story.run },
    { label: 'Project', value: project === '.' ? 'the whole repository' : project },
    { label: 'Branch', value: story.branch ?? 'none' },
    { label: 'Commits', value: commits || 'none' },
    { label: 'Started', value: moment(story.started_at) },
    { label: 'Took', value: seconds === null || Number.isNaN(seconds) ? 'not finished' : duration(seconds) },
    ...(failed == null ? [] : [{ label: 'Profile', value: `failed (${failed}), so no hotspot could be named` }]),
  ];
}

/** Two paragraphs that explain the numbers of the report. */
export function meaning(story: Story): string[] {
  const c = story.contract;
  const session = c.confirm ? 'in the confirmation, a second session after the screen' : 'in one session';
  const rule = !c.significance_required
    ? `when the estimate reaches the threshold (${c.threshold}); significance was not required, so a gain may be chance`
    : c.claim === 'proven'
      ? `when even the lower bound of the improvement reaches the threshold (${c.threshold}), tested one-sided at alpha ${c.alpha}`
      : `when the estimate reaches the threshold (${c.threshold}) and the difference is significant at alpha ${c.alpha}`;
  return [
    `An improvement is the typical difference between a sample of the base and a sample of the candidate (Hodges-Lehmann); positive is better. An arrow leads from the base’s median to the value after the improvement. A change is accepted only ${rule}, ${session}.`,
    'Changes with lucky samples pass more easily, so a reported gain is a little optimistic near the threshold. Quote the total, which was measured separately, not the product of the single gains.',
  ];
}

/** The commands that revert an accepted change or show a rejected one. */
export const nextCommands: { command: string; does: string }[] = [
  {
    command: 'perf-gate undo N',
    does: 'reverts the accepted change of attempt N with an inverse commit',
  },
  {
    command: 'perf-gate attempts show N',
    does: 'shows attempt N; rejected attempts are kept too',
  },
];

const claims = {
  proven: 'proven: the lower bound of the improvement reaches the threshold',
  no_worse: 'no worse: the regression is proved to be smaller than the margin',
  observed: 'observed: the estimate reaches the threshold and the difference is significant',
};

const confirmations = {
  true: 'a change that passes the screen is measured again, and only the second session counts',
  false: 'none: one session decides, and the attempts share alpha',
};
