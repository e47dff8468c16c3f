import { lastLines, lastWords } from '../core/text.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import { execute } from '../measure/sessions/execute.ts';
import type { Broken, Warning } from './judged.ts';
import type { Setup } from './setup.ts';

type Checked = { broken: (Broken & { arm: 'candidate' }) | null; warnings: Warning[] };

const fine: Checked = { broken: null, warnings: [] };

/**
 * Runs the correctness command again under the conditions of the measurement: with the same helper process, variables, path and closed
 * room. This detects a program that gives wrong results only while it is measured. If the correctness command fails on the base too, it
 * does not work under these conditions, and the result is only a warning.
 */
export async function correctAsMeasured(
  setup: Setup,
  { base, candidate }: { base: Arm | null; candidate: Arm },
): Promise<Checked> {
  const { correctness: command } = setup.contract.guards;
  if (!command) return fine;
  const failed = await failureIn(setup, candidate, command);
  if (failed === null) return fine;
  const reason = setup.redact(failed.reason);
  if (base && (await failureIn(setup, base, command)))
    return { broken: null, warnings: [{ code: 'correctness_unchecked', command, reason }] };
  const last_words = lastWords(setup.redact(lastLines(failed.output)));
  return {
    broken: { arm: 'candidate', code: 'correctness_failed', command, reason, last_words, on: 'measured' },
    warnings: [],
  };
}

async function failureIn(
  { contract, instrument, world }: Setup,
  { dir: cwd, env, room }: Arm,
  script: string,
): Promise<{ reason: string; output: string } | null> {
  const timeout_s = contract.repro.timeout_s * 4;
  const command = { script, shell: true, cwd, env, timeout_s, keepOutput: false, ...(room ? { room } : {}) };
  const ended = await execute(command, instrument, world.signal);
  // Only the exit code counts: a test runner that leaves a daemon running has not failed.
  if (ended.state !== 'failed' || ended.cause.kind === 'left_behind') return null;
  return { reason: ended.reason, output: ended.stderr };
}
