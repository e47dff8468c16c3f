import type { Contract } from '../contract/schema/contract.ts';
import { baseMoved, type Control } from '../stats/base-moved.ts';
import type { Judgement } from '../stats/judgement.ts';
import { median } from '../stats/robust.ts';
import type { WatchdogJudgement } from '../stats/watchdog.ts';
import { hasPassed } from './has-passed.ts';
import type {
  Amount,
  Asked,
  Judged,
  JudgedSession,
  Primary,
  Reason,
  RoomOfSession,
  SessionData,
  Sessions,
} from './judged.ts';

/** The deciding session: the confirmation if there is one, else the screen. */
export function deciding<Session extends JudgedSession>({
  screen,
  confirmation,
}: Pick<Sessions<Session>, 'screen' | 'confirmation'>): Session | null {
  return confirmation ?? screen;
}

/**
 * Whether a screen needs a confirmation: the screen passed, and the contract requires a confirmation. Under the claim `no_worse` a
 * regression is confirmed too, because a false alarm costs an engineer hours.
 */
export function needsConfirmation(
  { stopped, judgement }: Pick<SessionData, 'stopped' | 'judgement'>,
  { confirm, claim }: Pick<Contract, 'confirm' | 'claim'>,
): boolean {
  const regressed = claim === 'no_worse' && stopped === 'futile' && judgement?.below_threshold === true;
  return confirm && (stopped === 'passed' || regressed);
}

/**
 * Returns the verdict on the measured sessions, with every reason. Accepted: the guards, the watchdogs, the screen and the confirmation
 * pass. Rejected: a guard, an execution or a watchdog failed, or the effect is shown to be below the threshold. Inconclusive: everything
 * else.
 *
 * `control`: earlier samples of the base's program, from before this attempt. Null without such samples.
 */
export function judged<Session extends JudgedSession>(
  sessions: Sessions<Session>,
  asked: Asked,
  control: ControlInRoom | null = null,
): Judged<Session> {
  const session = deciding(sessions);
  const said = decided(sessions, asked);
  const moved = said.verdict === 'accepted' && control ? movedBase(sessions, asked, control) : null;
  return {
    ...(moved ? { verdict: 'inconclusive', reasons: [moved] } : said),
    primary: primaryOf(session, asked),
    watchdogs: session?.watchdogs ?? [],
    sessions,
  };
}

function decided(sessions: Sessions<JudgedSession>, asked: Asked): Pick<Judged, 'verdict' | 'reasons'> {
  if (sessions.broken) return { verdict: 'rejected', reasons: [sessions.broken] };
  const session = deciding(sessions)!;
  const seen = session.judgement!;
  const failed = session.watchdogs.filter((w) => w.verdict === 'fail' || w.verdict === 'reject_at_cap');
  if (failed.length > 0)
    return { verdict: 'rejected', reasons: failed.map((w) => ({ code: 'watchdog_failed', ...regression(w) })) };
  const notes = session.watchdogs
    .filter((w) => w.verdict === 'pass_with_note')
    .map((w): Reason => ({ code: 'watchdog_unsure', ...regression(w) }));
  if (asked.claim === 'no_worse') return noWorse(sessions, asked, notes);
  const passed = hasPassed(session);
  if (passed) return { verdict: 'accepted', reasons: [clears(seen, asked), ...notes] };
  const estimate = estimateOf(seen, asked);
  if (seen.below_threshold) {
    const upper_bound = boundOf(seen, 'upper', asked);
    return { verdict: 'rejected', reasons: [{ code: 'below_threshold', upper_bound, estimate }] };
  }
  if (seen.unlikely && !sessions.confirmation) {
    const upper_bound = boundOf(seen, 'upper', asked);
    return {
      verdict: 'inconclusive',
      reasons: [{ code: 'unlikely', estimate, upper_bound, runs: seen.unlikely.runs }],
    };
  }
  // Only under rules 1. A screen that stops for futility rejects the candidate. A confirmation that stops for futility contradicts the
  // screen, so only the bounds of the confirmation can reject the candidate.
  if (seen.futile && !sessions.confirmation) return { verdict: 'rejected', reasons: [{ code: 'futile', estimate }] };
  return { verdict: 'inconclusive', reasons: [undecided(seen, asked, sessions.confirmation !== null)] };
}

/**
 * Earlier samples of the base, with their room. New samples of the base, taken in the same kind of room, must not differ from these
 * samples.
 */
export type ControlInRoom = Control & { room: RoomOfSession | undefined };

/**
 * The reason `base_moved`: the base's own samples moved in every comparable session of the attempt, so a gain is not accepted. Returns null
 * if the base did not move.
 */
function movedBase(
  { screen, confirmation }: Sessions<JudgedSession>,
  asked: Asked,
  control: ControlInRoom,
): Reason | null {
  const sessions = [screen, confirmation]
    .filter((session) => session !== null)
    .filter(({ room }) => control.exact || levelOf(room) === levelOf(control.room));
  if (sessions.length === 0) return null;
  const rule = { lower_is_better: asked.primary.lower_is_better, threshold: asked.threshold };
  if (!sessions.every(({ base }) => baseMoved(control, base, rule))) return null;
  const middle = (values: readonly number[]): Amount => ({ value: median(values), unit: asked.primary.unit });
  return { code: 'base_moved', was: middle(control.before), is: middle(sessions.at(-1)!.base) };
}

/** A closed room costs time, so times are only compared within the same kind of room. */
const levelOf = (room: RoomOfSession | undefined) =>
  room === undefined || room.walls === 'none' ? 'open' : `${room.walls} ${room.home}`;

/**
 * Converts the result under the claim `no_worse` to a verdict: `held` becomes accepted, `regressed` becomes rejected. If screen and
 * confirmation have different results, the verdict is inconclusive.
 */
function noWorse(
  { screen, confirmation }: Sessions<JudgedSession>,
  asked: Asked,
  notes: Reason[],
): Pick<Judged, 'verdict' | 'reasons'> {
  const answer = (session: JudgedSession) =>
    hasPassed(session) ? 'held' : session.judgement!.below_threshold ? 'regressed' : 'open';
  const said = answer(screen!);
  const session = confirmation ?? screen!;
  const seen = session.judgement!;
  const { p } = seen;
  if (answer(session) !== said || said === 'open')
    return { verdict: 'inconclusive', reasons: [undecided(seen, asked, confirmation !== null)] };
  if (said === 'held')
    return {
      verdict: 'accepted',
      reasons: [{ code: 'held', lower_bound: boundOf(seen, 'lower', asked), p }, ...notes],
    };
  const upper_bound = boundOf(seen, 'upper', asked);
  return { verdict: 'rejected', reasons: [{ code: 'regressed', upper_bound, estimate: estimateOf(seen, asked) }] };
}

function clears(seen: Judgement, asked: Asked): Reason {
  const { p } = seen;
  const estimate = estimateOf(seen, asked);
  if (p === null) return { code: 'threshold_reached', estimate };
  if (!asked.threshold.significance_required) return { code: 'estimate_reaches', estimate };
  if (asked.claim === 'observed') return { code: 'observed', estimate, p };
  return { code: 'proven', lower_bound: boundOf(seen, 'lower', asked), p };
}

function undecided(seen: Judgement, asked: Asked, confirming: boolean): Reason {
  const facts = {
    estimate: estimateOf(seen, asked),
    lower_bound: boundOf(seen, 'lower', asked),
    upper_bound: boundOf(seen, 'upper', asked),
    p: seen.p,
    max_runs: asked.max_runs,
  };
  return confirming ? { code: 'not_confirmed', ...facts } : { code: 'undecided', ...facts };
}

const regression = ({ name, regression_pct, margin_pct }: WatchdogJudgement) => ({
  metric: name,
  regression_pct,
  margin_pct,
});

/** The effect in per cent, or in the metric's unit if the threshold is absolute. */
function estimateOf(seen: Judgement, { threshold, primary }: Asked): Amount {
  return threshold.type === 'absolute' || seen.improvement_pct === null
    ? { value: seen.improvement, unit: primary.unit }
    : { value: seen.improvement_pct, unit: '%' };
}

function boundOf(seen: Judgement, side: 'lower' | 'upper', { threshold, primary }: Asked): Amount {
  return threshold.type === 'absolute'
    ? { value: seen[`${side}_bound`], unit: primary.unit }
    : { value: seen[`${side}_bound_pct`], unit: '%' };
}

const reported = [
  ...(['baseline', 'candidate', 'improvement_pct', 'improvement', 'ci95_pct'] as const),
  ...(['lower_bound_pct', 'upper_bound_pct', 'p', 'cles', 'n_base', 'n_candidate'] as const),
] as const;
type Reported = Pick<Judgement, (typeof reported)[number]>;

/** The reported effect, which is the effect in the deciding session. Null if the deciding session could not be judged. */
function primaryOf(session: JudgedSession | null, { primary: { name, unit } }: Asked): Primary | null {
  const seen = session?.judgement;
  if (!seen) return null;
  return { name, unit, ...(Object.fromEntries(reported.map((field) => [field, seen[field]])) as Reported) };
}
