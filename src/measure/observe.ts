import { loadavg } from 'node:os';
import { failure, type GateError } from '../core/errors.ts';
import { runScript } from '../core/exec.ts';
import type { Arm } from './arm.ts';
import { type Execution, execute } from './execute.ts';
import { digestOutput } from './output.ts';
import type { Sample } from './sample.ts';
import { stampsOf } from './sources/file.ts';
import { isAbsence } from './sources/source.ts';
import { needStdout, readMetrics } from './sources.ts';
import type { Plan, Step } from './steps.ts';
import type { Tools } from './tools.ts';

/** Why an execution gave no sample: a code for programs, half a sentence and the end of stderr for people. */
export type Fault = { code: string; reason: string; stderr: string; execution: Execution | null };

/** Makes one step: `before_each`, the execution, its metrics and its output. Undefined when it was aborted. */
export async function observe(plan: Plan, step: Step, arm: Arm, tools: Tools): Promise<Sample | Fault | undefined> {
  const unprepared = plan.before_each ? await prepare(plan.before_each, plan, arm, tools) : undefined;
  if (tools.signal?.aborted) return undefined;
  if (unprepared) return unprepared;

  const { shell, timeout_s } = plan.command;
  const script = arm.script ?? plan.command.script;
  const reads = [...plan.metrics.map((metric) => metric.source), plan.same_output];
  const keepOutput = needStdout(plan.metrics) || (plan.same_output !== undefined && !isFile(plan.same_output));
  const before = stampsOf(reads, arm.dir);
  const [started_at, load1] = [tools.clock.now(), loadavg()[0] ?? 0];
  const command = { script, shell, cwd: arm.dir, env: arm.env, timeout_s, keepOutput };
  const execution = await execute(command, tools.instrument, tools.signal);
  if (execution.state === 'aborted') return undefined;
  if (execution.state === 'failed') {
    return { code: execution.cause.kind, reason: execution.reason, stderr: execution.stderr, execution };
  }
  const traces = { usage: execution.usage, stdout: execution.stdout, cwd: arm.dir, before };
  const metrics = await readMetrics(plan.metrics, traces);
  if ('error' in metrics) return faultOf(metrics.error, execution);
  const output = plan.same_output === undefined ? null : digestOutput(plan.same_output, plan.metrics, traces);
  if (isAbsence(output)) return faultOf(failure('output_missing', output), execution);
  return {
    session: plan.id,
    ...step,
    started_at,
    metrics: metrics.values,
    exit_code: 0,
    wall_ms: execution.usage.wall_ms,
    user_ms: execution.usage.user_ms,
    sys_ms: execution.usage.sys_ms,
    max_rss_kb: execution.usage.max_rss_kb,
    output,
    load1,
    method: execution.usage.method,
  };
}

/** An error of the catalogue as the reason of a failed run. */
export function faultOf(error: GateError, execution: Execution | null): Fault {
  return { code: error.code, reason: error.message, stderr: '', execution };
}

async function prepare(script: string, plan: Plan, arm: Arm, tools: Tools): Promise<Fault | undefined> {
  const ended = await runScript(script, {
    cwd: arm.dir,
    env: { ...arm.env, PWD: arm.dir },
    timeoutMs: plan.command.timeout_s * 1000,
    ...(tools.signal ? { signal: tools.signal } : {}),
  });
  if (ended.exitCode === 0) return undefined;
  const how = ended.timedOut
    ? `not done after ${plan.command.timeout_s} s`
    : `exit code ${ended.exitCode ?? ended.signal}`;
  return {
    code: 'before_each',
    reason: `before_each failed (${how})`,
    stderr: ended.stderr.slice(-4096),
    execution: null,
  };
}

function isFile(spec: NonNullable<Plan['same_output']>): boolean {
  return typeof spec === 'object' && 'file' in spec;
}
