import { percent, pValue, signedPercent } from '../core/figures.ts';
import { quantity } from '../core/units.ts';
import type { Caveat } from '../experiment/caveats/caveat.ts';
import type { Amount, Asked, Reason, ReasonCode, ReasonOf } from '../experiment/judged.ts';
import { problemText } from '../experiment/problem-text.ts';
import { type Attempt, askedOf } from '../record/history.ts';
import type { RunState } from '../record/state.ts';
import { thresholdText } from './asked.ts';
import { withText } from './caveats.ts';
import { code } from './markdown/syntax.ts';
import { showsWorse, worseText } from './worse.ts';

type Sentence<Code extends ReasonCode> = (facts: ReasonOf<Code>, asked: string, primary: Asked['primary']) => string;
type Sentences = { [Code in ReasonCode]: Sentence<Code> };
type Undecided = ReasonOf<'undecided'> | ReasonOf<'not_confirmed'>;
type CommandFailed = ReasonOf<'setup_failed'> | ReasonOf<'build_failed'> | ReasonOf<'correctness_failed'>;

const undecided = (where: string) => (r: Undecided, asked: string) =>
  `${where}: estimate ${amount(r.estimate)}, ${pText(r.p)}; the effect may be smaller or larger than required (${asked}); more than ${r.max_runs} executions per arm, or less noise, would decide`;

const commandFailed = ({ command, reason, last_words, on }: CommandFailed) =>
  on === 'head'
    ? `\`${command}\` failed on the head (${reason})`
    : `${code(command)} failed on the candidate${on === 'measured' ? ', where it was measured' : ''} (${reason}): ${last_words}`;

const sentences: Sentences = {
  threshold_reached: (r, asked) => `${amount(r.estimate)}, compared exactly; asked for: ${asked}`,
  estimate_reaches: (r, asked) =>
    `the estimate ${amount(r.estimate)} reaches the threshold (${asked}); significance was not required`,
  observed: (r, asked) =>
    `the estimate ${amount(r.estimate)} reaches the threshold (${asked}), and a difference is proved (${pText(r.p)}), but not its size`,
  proven: (r, asked) => `the lower bound ${amount(r.lower_bound)} reaches the threshold (${asked}), ${pText(r.p)}`,
  below_threshold: (r, asked, primary) =>
    `${showsWorse(r) ? worseText(r, primary) : `the effect is at most ${amount(r.upper_bound)} (estimate ${amount(r.estimate)})`}; asked for: ${asked}`,
  futile: (r, asked) =>
    `the estimate ${amount(r.estimate)} is far below the threshold (${asked}), so sampling stopped early`,
  held: (r, asked) => `${atMostWorse(r.lower_bound)}, ${pText(r.p)}; asked for: ${asked}`,
  regressed: (r, asked, primary) => `${worseText(r, primary)}; asked for: ${asked}`,
  unlikely: (r, asked) =>
    `the effect is unlikely to reach the threshold (${asked}): estimate ${amount(r.estimate)}, at most ${amount(r.upper_bound)}${r.runs === null ? '' : `; about ${r.runs} executions per arm, or less noise, would decide`}`,
  undecided: undecided('the samples do not decide'),
  not_confirmed: undecided('the confirmation did not repeat the result of the screen'),
  watchdog_failed: (r) => `${r.metric} got ${regression(r)} worse; at most ${r.margin_pct} % is allowed`,
  watchdog_unsure: (r) =>
    `${r.metric}: ${regression(r)} worse by the estimate; a true regression of more than ${r.margin_pct} % is still possible`,
  base_moved: (r) =>
    `the base’s samples changed, but its program did not: ${amount(r.was)} before and ${amount(r.is)} in the session with this change, so part of the gain may come from a slower base`,
  git_settings_changed: (r) => `the fix changed git settings: ${r.settings.join(', ')}`,
  protected_path: (r) =>
    `the fix changes protected files: ${r.paths.join(', ')}${r.by_default ? ' (by default; `guards.unprotected` lists exceptions)' : ''}`,
  setup_failed: commandFailed,
  build_failed: commandFailed,
  correctness_failed: commandFailed,
  candidate_failed: (r) =>
    `the candidate failed: ${r.reason}${r.last_words ? `; its last words: ${r.last_words}` : ''}`,
  base_changed: (r) => `a process wrote into the base’s copy while the candidate was measured: ${r.paths.join(', ')}`,
  output_differs: (r) =>
    `the output differs from that of the base${r.at === undefined ? '' : ` from byte ${r.at} on`}: “${r.expected}” became “${r.found}”`,
  not_judgeable: (r) => `${r.metric} cannot be judged: ${problemText(r.problem)}`,
  left_behind: (r) =>
    `the candidate’s setup or build left a process running, but setup and build of the base did not: ${r.programs.join(', ')}`,
  helper_lost: (r) =>
    `the measuring process was killed ${r.times} times while the base ran: the candidate may have left a process that kills it`,
  frozen_changed: (r) => `a process wrote into the copy that both arms are made from: ${r.path}`,
};

/** A reason as a sentence, without its code. Older versions wrote sentences instead of facts. Such sentences are returned unchanged. */
export function reasonText(reason: Reason, asked: Asked): string {
  if ('text' in reason) return reason.text;
  return (sentences[reason.code] as Sentence<never>)(reason as never, thresholdText(asked), asked.primary);
}

/** A reason with its code, such as `proven: the lower bound +19.2 % reaches the threshold (at least 10 % less wall_ms), p = 0.0012` */
export const reasonLine = (reason: Reason, asked: Asked) => `${reason.code}: ${reasonText(reason, asked)}`;

/**
 * A reason for people. The sentence begins with the reason's code, or with a word such as `slower` if the reason shows that the candidate
 * is worse.
 */
export const printedReason = (reason: Reason, asked: Asked) =>
  showsWorse(reason) ? reasonText(reason, asked) : reasonLine(reason, asked);

type AttemptWords = Omit<Attempt, 'reasons' | 'told'> & { reasons: string[]; told: (Caveat & { text: string })[] };

/** Converts an attempt to the form that programs read: its reasons as sentences after their codes, its caveats as data with a sentence. */
export function attemptWords(state: RunState, attempt: Attempt): AttemptWords {
  const asked = askedOf(state);
  const reasons = attempt.reasons.map((reason) => reasonLine(reason, asked));
  return { ...attempt, reasons, told: attempt.told.map(withText) };
}

/** `at most 1.8 % worse`, `at least 0.4 % better`. */
function atMostWorse({ value, unit }: Amount): string {
  if (value === null) return 'no bound';
  const size = amount({ value: Math.abs(value), unit }).replace(/^\+/, '');
  return value < 0 ? `at most ${size} worse` : `at least ${size} better`;
}

function amount({ value, unit }: Amount): string {
  if (value === null) return 'no bound';
  return unit === '%' ? signedPercent(value) : quantity(value, unit);
}

const regression = ({ regression_pct }: { regression_pct: number | null }) =>
  regression_pct === null ? 'without limit' : percent(regression_pct);

const pText = (p: number | null) => (p === null ? 'compared exactly' : pValue(p));
