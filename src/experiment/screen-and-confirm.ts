import { failure } from '../core/errors.ts';
import type { Environment } from '../measure/environment/environment.ts';
import type { RemeasureData } from '../record/data.ts';
import { type Gate, type GateResult, gate } from './judged-session.ts';
import type { Bench } from './setup.ts';

export type SessionName = 'screen' | 'confirmation';

export type Contest = {
  /** What is run in the base, for the message when it fails. */
  base: { what: string; command: string };
  /** The session, with its arms made afresh; for the confirmation they exchange their places where they have any. */
  session(name: SessionName): Promise<Gate>;
};

export type Contested = {
  measured: Omit<RemeasureData, 'skipped_files'>;
  /** Of the session that decided; null where nothing was measured to the end. */
  environment: Environment | null;
};

/** Measures a screen and, where it passes, a confirmation from scratch. Throws `command_failed` when the base fails. */
export async function screenAndConfirm(bench: Bench, contest: Contest): Promise<Contested> {
  const screened = await measure(bench, contest, 'screen');
  const settled = screened.broken || screened.data.stopped !== 'passed' || !bench.contract.confirm;
  const confirmed = settled ? null : await measure(bench, contest, 'confirmation');
  const broken = screened.broken ?? confirmed?.broken ?? null;
  return {
    measured: {
      broken: broken && { code: broken.code, text: broken.text },
      screen: screened.data,
      confirmation: confirmed?.data ?? null,
    },
    environment: (confirmed ?? screened).environment,
  };
}

async function measure(bench: Bench, { base, session }: Contest, name: SessionName): Promise<GateResult> {
  const result = await gate(bench, await session(name));
  if (result.broken?.arm === 'base')
    throw failure('command_failed', { ...base, reason: result.broken.text, output: '' });
  return result;
}
