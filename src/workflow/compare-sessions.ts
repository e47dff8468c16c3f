import { failure } from '../core/errors.ts';
import type { Environment } from '../measure/environment.ts';
import type { AttemptRecord, Reason, RemeasureData } from '../stages/shared/data.ts';
import { type Gate, type GateResult, gate } from '../stages/shared/gate.ts';
import type { Bench } from '../stages/shared/ground.ts';
import { deciding, judgeAttempt } from '../stages/shared/judge-attempt.ts';
import { primaryOf } from '../stages/verdict.ts';
import { looks } from '../stats/looks.ts';

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
  arms(session: 'screen' | 'confirmation'): Promise<Gate['arms']>;
  baseFrom?: Gate['baseFrom'];
};

/** Measures a screen and, where it passes, a confirmation from scratch, and judges. Throws `command_failed` when the base fails. */
export async function contest(bench: Bench, contenders: Contenders): Promise<Contested> {
  const screened = await session(bench, 'screen', contenders);
  const settled = screened.broken || screened.data.stopped !== 'passed' || !bench.contract.confirm;
  const confirmed = settled ? null : await session(bench, 'confirmation', contenders);
  const broken = screened.broken ?? confirmed?.broken ?? null;
  const measured: RemeasureData = {
    broken: broken && { code: broken.code, text: broken.text },
    screen: screened.data,
    confirmation: confirmed?.data ?? null,
    skipped_files: [],
  };
  return concluded(bench, measured, (confirmed ?? screened).environment);
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

async function session(
  bench: Bench,
  name: 'screen' | 'confirmation',
  { base, arms, baseFrom }: Contenders,
): Promise<GateResult> {
  const { significance, repro } = bench.contract;
  // Without an A/A session nothing speaks for the signed-rank test.
  const test = significance.test === 'auto' ? 'mann_whitney' : significance.test;
  const result = await gate(bench, {
    id: name,
    label: name,
    arms: await arms(name),
    looks: looks(repro.measurement_runs, repro.max_runs, significance.alpha, test),
    test,
    decides: true,
    ...(baseFrom ? { baseFrom } : {}),
  });
  if (result.broken?.arm === 'base')
    throw failure('command_failed', { ...base, reason: result.broken.text, output: '' });
  return result;
}
