import { processesWith } from '../core/processes.ts';
import type { Arm } from '../measure/sessions/arm.ts';
import type { ArmReason } from './session-judge.ts';

/**
 * A daemon that the setup or the build of the candidate left could do its work for it. What those of the base leave too (a compiler's
 * daemon) is the project's own way. Each arm has a TMPDIR of its own, by which its processes are known.
 */
export function leftBehind({ base, candidate }: { base: Arm | null; candidate: Arm }): ArmReason | null {
  if (!base?.own || !candidate.own) return null;
  const [known, found] = [base, candidate].map(({ env }) => processesWith(`TMPDIR=${env.TMPDIR}`).map((p) => p.name));
  const more = found!.filter((name) => !known!.includes(name));
  if (more.length === 0) return null;
  const text = `what prepared the candidate left a process running that the base does not leave: ${more.join(', ')}`;
  return { arm: 'candidate', code: 'left_behind', text };
}
