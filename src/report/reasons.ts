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
  `${where}: estimate ${amount(r.estimate)}, ${pText(r.p)}; the effect may be under or over what was asked for (${asked}); more than ${r.max_runs} runs a side, or less noise, would decide`;

const commandFailed = ({ command, reason, last_words, on }: CommandFailed) =>
  on === 'head'
    ? `\`${command}\` failed on the head (${reason})`
    : `${code(command)} failed on the candidate${on === 'measured' ? ', where it was measured' : ''} (${reason}): ${last_words}`;

const sentences: Sentences = {
  threshold_reached: (r, asked) => `${amount(r.estimate)}, compared exactly; asked for: ${asked}`,
  estimate_reaches: (r, asked) =>
    `the estimate ${amount(r.estimate)} reaches what was asked for (${asked}); its significance was not required`,
  observed: (r, asked) =>
    `the estimate ${amount(r.estimate)} reaches what was asked for (${asked}), and a difference is proved (${pText(r.p)}); the size is not proved`,
  proven: (r, asked) => `the lower bound ${amount(r.lower_bound)} clears what was asked for (${asked}), ${pText(r.p)}`,
  below_threshold: (r, asked, primary) =>
    `${showsWorse(r) ? worseText(r, primary) : `the effect is at most ${amount(r.upper_bound)} (estimate ${amount(r.estimate)})`}; asked for: ${asked}`,
  futile: (r, asked) =>
    `the estimate ${amount(r.estimate)} is far under what was asked for (${asked}), so sampling was stopped`,
  held: (r, asked) => `${atMostWorse(r.lower_bound)}, ${pText(r.p)}; asked for: ${asked}`,
  regressed: (r, asked, primary) => `${worseText(r, primary)}; asked for: ${asked}`,
  unlikely: (r, asked) =>
    `reaching what was asked for (${asked}) has become unlikely: estimate ${amount(r.estimate)}, at most ${amount(r.upper_bound)}${r.runs === null ? '' : `; about ${r.runs} runs a side, or less noise, would decide`}`,
  undecided: undecided('the runs do not decide'),
  not_confirmed: undecided('the confirmation did not repeat what the screen showed'),
  watchdog_failed: (r) => `${r.metric} got ${regression(r)} worse; at most ${r.margin_pct} % is allowed`,
  watchdog_unsure: (r) =>
    `${r.metric}: ${regression(r)} worse by the estimate; the runs do not exclude more than ${r.margin_pct} %`,
  base_moved: (r) =>
    `the base moved: the same program measured ${amount(r.was)} before and ${amount(r.is)} beside this change, so that part of the gain may be what slowed the base`,
  git_settings_changed: (r) => `the fix changed settings of git: ${r.settings.join(', ')}`,
  protected_path: (r) =>
    `the fix touches what is protected: ${r.paths.join(', ')}${r.by_default ? ' (by default: `guards.unprotected` lets files out)' : ''}`,
  setup_failed: commandFailed,
  build_failed: commandFailed,
  correctness_failed: commandFailed,
  candidate_failed: (r) =>
    `the candidate failed: ${r.reason}${r.last_words ? `; its last words: ${r.last_words}` : ''}`,
  base_changed: (r) => `the base’s copy was written into when it was not its turn: ${r.paths.join(', ')}`,
  output_differs: (r) =>
    `the output differs from that of the base${r.at === undefined ? '' : ` from byte ${r.at} on`}: “${r.expected}” became “${r.found}”`,
  not_judgeable: (r) => `${r.metric} cannot be judged: ${problemText(r.problem)}`,
  left_behind: (r) =>
    `what prepared the candidate left a process running that the base does not leave: ${r.programs.join(', ')}`,
  helper_lost: (r) =>
    `the process that measures was ended ${r.times} times while the base ran: the candidate may have left something that does it`,
  frozen_changed: (r) => `something wrote into the copy that both arms are made from: ${r.path}`,
};

/** A reason in a sentence, without its code. An older version wrote sentences instead of facts; they stay as they are. */
export function reasonText(reason: Reason, asked: Asked): string {
  if ('text' in reason) return reason.text;
  return (sentences[reason.code] as Sentence<never>)(reason as never, thresholdText(asked), asked.primary);
}

/** `proven: the lower bound +19.2 % clears what was asked for (at least 10 % less wall_ms), p = 0.0012` */
export const reasonLine = (reason: Reason, asked: Asked) => `${reason.code}: ${reasonText(reason, asked)}`;

/** The reason as people read it: with its code, but for what was shown to be worse, which has a word of its own. */
export const reasonTold = (reason: Reason, asked: Asked) =>
  showsWorse(reason) ? reasonText(reason, asked) : reasonLine(reason, asked);

/** An attempt as programs read it. */
type AttemptWords = Omit<Attempt, 'reasons' | 'told'> & { reasons: string[]; told: (Caveat & { text: string })[] };

/** An attempt as programs read it: its reasons in sentences, after their codes; its caveats as data with a sentence. */
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
