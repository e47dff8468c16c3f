import { type From, isUnprepared, type Made, makeArm, runInArm, type Unprepared } from '../experiment/arms.ts';
import { asPrepared } from '../experiment/as-prepared.ts';
import type { RepoSetup } from '../experiment/setup.ts';

/**
 * Prepares the head in the folder of the second arm. Then runs `tryOut` and the correctness command there, untimed. Returns the command
 * that failed, or the arm. Returns null if these commands changed the arm's files: the caller must then make the arm again.
 */
export async function readyHead(
  setup: RepoSetup,
  from: From,
  tryOut: ((arm: Made) => Promise<void>) | null,
): Promise<Made | Unprepared | null> {
  const { correctness } = setup.contract.guards;
  const tried = await makeArm(setup, 'b', from);
  if (isUnprepared(tried) || !(correctness || tryOut)) return tried;
  const backAsPrepared = await asPrepared(tried);
  await tryOut?.(tried);
  const failed = correctness ? await runInArm(setup, tried, 'correctness', correctness) : undefined;
  return failed ?? ((await backAsPrepared()) ? tried : null);
}
