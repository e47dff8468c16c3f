import { runScript } from '../../core/exec.ts';
import type { Arm } from './arm.ts';
import type { Fault } from './fault.ts';
import type { SessionPlan } from './plan.ts';
import type { Tools } from './tools.ts';

/** Runs `before_each` in the arm, untimed; the fault of it, if it failed. */
export async function prepare(plan: SessionPlan, arm: Arm, tools: Tools): Promise<Fault | undefined> {
  if (!plan.before_each) return undefined;
  const ended = await runScript(plan.before_each, {
    cwd: arm.dir,
    env: { ...arm.env, PWD: arm.dir },
    timeoutMs: plan.command.timeout_s * 1000,
    ...(tools.signal ? { signal: tools.signal } : {}),
  });
  if (ended.exitCode === 0) return undefined;
  const how = ended.timedOut
    ? `not done after ${plan.command.timeout_s} s`
    : `exit code ${ended.exitCode ?? ended.signal}`;
  const reason = `before_each failed (${how})`;
  return {
    code: 'before_each',
    reason,
    stderr: ended.stderr.length > 4096 ? `…${ended.stderr.slice(-4096)}` : ended.stderr,
    execution: null,
  };
}
