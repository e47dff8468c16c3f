import { existsSync } from 'node:fs';
import type { RunPaths } from '../artifact/paths.ts';
import { exit } from '../core/errors.ts';
import type { RoomOfSession, Verdict } from '../experiment/judged.ts';
import type { Apart } from '../git/apart.ts';
import type { Total } from '../record/data.ts';
import { attemptsOf } from '../record/history.ts';
import { type OutcomeName, outcomeOf } from '../record/outcome.ts';
import { decidedBy } from '../record/planned-sessions.ts';
import { lastStep, type RunState } from '../record/state.ts';
import { attemptWords } from '../report/reasons.ts';
import { escalated, escalation } from '../report/story/of-run.ts';

/** The object that `start`, `next`, `resume` and `status` print with `--json`. Programs read these names. */
export type RunOutcome = {
  run: string;
  /** How the run ended. Null while the run continues. */
  outcome: OutcomeName | null;
  /** The reason why the run was escalated or aborted. Null otherwise. */
  reason: string | null;
  stage: string;
  branch: string | null;
  attempts: {
    attempt: number;
    hotspot: string;
    verdict: Verdict;
    reasons: string[];
    /** The caveats of an accepted change. Each caveat has a code with facts, and a sentence. */
    told: { code: string; text: string }[];
    primary: object | null;
    watchdogs: object[];
    commit: string | null;
    /** The host of a fleet that measured the deciding session. Null if this machine measured it. */
    host: string | null;
    /** The closed room of the deciding session. Null if the contract asks for no closed room. */
    room: RoomOfSession | null;
    /** The differences between the measured copy and a fresh clone of the commit. */
    not_in_a_clone: Apart[];
  }[];
  /** The result of the last session, which measures the base against the final head. Null if no change was accepted. */
  total: Total | null;
  report: string | null;
};

export function runOutcome(state: RunState, paths: RunPaths): RunOutcome {
  return {
    run: state.run,
    outcome: outcomeOf(state.ended, attemptsOf(state)),
    reason: reasonOf(state),
    stage: state.stage,
    branch: state.git.branch ?? state.git.original_branch,
    attempts: attemptsOf(state).map((attempt) => {
      const words = attemptWords(state, attempt);
      return {
        attempt: words.attempt,
        hotspot: words.hotspot,
        verdict: words.verdict,
        reasons: words.reasons,
        told: words.told,
        primary: words.primary,
        watchdogs: words.watchdogs,
        commit: words.commit,
        host: decidedBy(state, attempt)?.host ?? null,
        room: decidedBy(state, attempt)?.room ?? null,
        not_in_a_clone: words.not_in_a_clone ?? [],
      };
    }),
    total: lastStep(state, 'report')?.data.total ?? null,
    report: existsSync(paths.report) ? paths.report : null,
  };
}

function reasonOf(state: RunState): string | null {
  if (state.ended === 'escalated') return escalated(state) || null;
  return state.ended === 'aborted' ? escalation(state) || null : null;
}

/** The exit code of a command, for each outcome of the run. The code is 0 while the run continues. */
export const exitCodes: Record<OutcomeName, number> = {
  accepted: exit.done,
  rejected: exit.gateSaidNo,
  inconclusive: exit.inconclusive,
  escalated: exit.environment,
  aborted: exit.interrupted,
};
