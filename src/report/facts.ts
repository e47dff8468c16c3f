import { percent } from '../core/figures.ts';
import { duration, quantity } from '../core/units.ts';
import type { Fact, Story, Terms } from './story.ts';
import { shortCommit } from './words.ts';

/** How it was measured, one fact a line, in plain text. */
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

/** The machine. Facts that are not known are left out. */
export function machineFacts(environment: Record<string, unknown>): Fact[] {
  return Object.entries(environment).flatMap(([label, value]) =>
    value === null ? [] : [{ label: label.replace(/_/g, ' '), value: String(value) }],
  );
}

/** The noise that the verdicts had to be told apart from. */
export function baselineFacts(story: Story): Fact[] {
  const b = story.baseline;
  if (!b) return [];
  return [
    { label: 'Median', value: quantity(b.median, story.contract.primary.unit) },
    { label: 'Spread', value: b.spread_pct === null ? '–' : `± ${percent(b.spread_pct)}` },
    { label: 'Runs', value: String(b.n) },
    {
      label: 'Smallest improvement that would be seen (80 % power)',
      value: b.resolvable_pct === null ? '–' : percent(b.resolvable_pct),
    },
  ];
}

/** Belongs into every verdict where the estimate alone decides; null elsewhere. */
export function estimateAlone(terms: Pick<Terms, 'significance_required'>): string | null {
  return terms.significance_required ? null : 'significance not required: the estimate alone decides';
}

/** Where and when, for the head of a report. */
export function runFacts(story: Story): Fact[] {
  const { base_commit, final_commit, project } = story.repository;
  const seconds = story.finished_at ? (Date.parse(story.finished_at) - Date.parse(story.started_at)) / 1000 : null;
  const commits = [shortCommit(base_commit), shortCommit(final_commit)].filter((c) => c !== null).join(' → ');
  return [
    { label: 'Run', value: story.run },
    { label: 'Project', value: project },
    { label: 'Branch', value: story.branch ?? 'none' },
    { label: 'Commits', value: commits || 'none' },
    { label: 'Started', value: story.started_at },
    { label: 'Took', value: seconds === null || Number.isNaN(seconds) ? 'not finished' : duration(seconds) },
  ];
}

/** What the figures mean: two sentences. */
export function meaning(story: Story): string[] {
  const c = story.contract;
  const session = c.confirm ? 'in the confirmation, a session measured afresh after the screen' : 'in one session';
  const rule = !c.significance_required
    ? `when the estimate reaches the threshold (${c.threshold}); significance was not required, so chance may stand behind it`
    : c.claim === 'proven'
      ? `when even the lower bound of the improvement reaches the threshold (${c.threshold}), tested one-sided at alpha ${c.alpha}`
      : `when the estimate reaches the threshold (${c.threshold}) and the difference is significant at alpha ${c.alpha}`;
  return [
    `An improvement is the typical difference between runs of both versions (Hodges-Lehmann), positive is better, and a change is accepted only ${rule}, ${session}.`,
    'A reported gain is conditional on its acceptance, because changes with lucky samples pass more easily: near the threshold it is still a little optimistic, so quote the total that was measured afresh and not the product of the single gains.',
  ];
}

/** Commands that take a change back or look at what was not kept. */
export const nextCommands: { command: string; does: string }[] = [
  {
    command: 'perf-gate undo N',
    does: 'takes the accepted change of attempt N back by an inverse commit',
  },
  {
    command: 'perf-gate attempts show N',
    does: 'shows attempt N whatever its verdict; rejected attempts are kept too',
  },
];

const claims = {
  proven: 'proven: the lower bound of the improvement reaches the threshold',
  observed: 'observed: the estimate reaches the threshold and the difference is significant',
};

const confirmations = {
  true: 'a passed screen is measured afresh, and only that session counts',
  false: 'none: one session decides, with alpha shared out over the attempts',
};
