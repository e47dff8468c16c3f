import type { Environment } from '../measure/environment/environment.ts';
import type { AttemptRecord, Reason, RemeasureData } from '../record/data.ts';
import { primaryOf } from '../stages/verdict.ts';
import { looks } from '../stats/looks.ts';
import type { Gate } from './judged-session.ts';
import { type SessionName, screenAndConfirm } from './screen-and-confirm.ts';
import type { Bench } from './setup.ts';
import { deciding, judgeAttempt } from './verdict.ts';

/** The verdict on two arms, with the names of a run's attempt. */
export type Contested = Pick<AttemptRecord, 'verdict' | 'reasons' | 'primary' | 'watchdogs'> & {
  measured: RemeasureData;
  /** Of the session that decided; null where nothing was measured to the end. */
  environment: Environment | null;
};

export type Contenders = {
  /** What is run in the base, for the message when it fails. */
  base: { what: string; command: string };
  /** The arms, made afresh for each session; for the confirmation they exchange their places where they have any. */
  arms(session: SessionName): Promise<Gate['arms']>;
  baseFrom?: Gate['baseFrom'];
};

/** Measures a screen and, where it passes, a confirmation from scratch, and judges. Throws `command_failed` when the base fails. */
export async function contest(bench: Bench, { base, arms, baseFrom }: Contenders): Promise<Contested> {
  const { significance, repro } = bench.contract;
  // Without an A/A session nothing speaks for the signed-rank test.
  const test = significance.test === 'auto' ? 'mann_whitney' : significance.test;
  const planned = looks(repro.measurement_runs, repro.max_runs, significance.alpha, test);
  const { measured, environment } = await screenAndConfirm(bench, {
    base,
    session: async (name) => ({
      id: name,
      label: name,
      arms: await arms(name),
      looks: planned,
      test,
      decides: true,
      ...(baseFrom ? { baseFrom } : {}),
    }),
  });
  return concluded(bench, { ...measured, skipped_files: [] }, environment);
}

/** The verdict on a candidate that failed before anything was measured. */
export function unmeasured(bench: Bench, broken: Reason): Contested {
  return concluded(bench, { broken, screen: null, confirmation: null, skipped_files: [] }, null);
}

function concluded({ contract }: Bench, measured: RemeasureData, environment: Environment | null): Contested {
  const { verdict, reasons } = judgeAttempt(measured, contract);
  const decided = deciding(measured);
  return {
    verdict,
    reasons: reasons.map((r) => `${r.code}: ${r.text}`),
    primary: primaryOf(decided, contract),
    watchdogs: decided?.watchdogs ?? [],
    measured,
    environment,
  };
}
