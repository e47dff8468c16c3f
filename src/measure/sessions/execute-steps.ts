import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { failure } from '../../core/errors.ts';
import { killProcess } from '../../core/exec.ts';
import { figuresOf } from '../instruments/figures.ts';
import type { Tools } from '../instruments/instrument.ts';
import { type RunningService, startService } from '../service/service.ts';
import { stampsOf } from '../sources/file.ts';
import { isAbsence } from '../sources/source.ts';
import { needStdout, readMetrics } from '../sources/sources.ts';
import { type Arm, type ArmName, type Arms, conclude, prepare, processesOf } from './arm.ts';
import { usesShell } from './command.ts';
import { commandOf, countMetrics } from './count.ts';
import { execute } from './execute.ts';
import { type Fault, faultIn, faultOf } from './fault.ts';
import { comparedText, type OutputDigest } from './output.ts';
import { type SessionPlan, type Step, warmUps } from './plan.ts';
import type { Sample } from './sample.ts';
import { type ShellCost, withoutShell } from './shell-cost.ts';
import type { Footprint, Turns } from './turns.ts';

/**
 * The tools with which every step of a session is executed. `shellCost`: the time that the shell itself takes. Null if no script needs a
 * shell. `compare`: computes the digest of the compared part of an output.
 */
type StepTools = Tools & { shellCost: ShellCost | null; compare(text: string): OutputDigest };

/**
 * Makes the object that executes the steps of a session. It remembers which service runs, which arm has its turn, and which arms are warm.
 * `already`: the arms that are warm from the start and need no warm-up.
 */
export function executor(
  plan: SessionPlan,
  arms: Arms,
  { turns, ...tools }: StepTools & { turns: Turns },
  already: readonly ArmName[] = [],
) {
  const warm = new Set<ArmName>(already);
  let service: { arm: ArmName; running: RunningService } | undefined;

  async function stopService() {
    await service?.running.stop();
    service = undefined;
  }

  async function serve(name: ArmName, arm: Arm): Promise<Fault | undefined> {
    if (!plan.service || service?.arm === name) return undefined;
    await stopService();
    turns.begin(name);
    warm.clear();
    const running = await startService(plan.service, arm, tools);
    if ('code' in running) return faultOf(running);
    service = { arm: name, running };
    return undefined;
  }

  async function take(step: Step): Promise<Sample | Fault | undefined> {
    const arm = arms[step.arm];
    if (!arm || tools.signal?.aborted) return undefined;
    const fault = await serve(step.arm, arm);
    turns.begin(step.arm);
    if (fault) return tools.signal?.aborted ? undefined : fault;
    // A continued session skips the planned warm-ups, because their samples exist already. Its arms are cold again, so each arm is warmed
    // up here before its first step.
    for (let i = 0; !step.warmup && !warm.has(step.arm) && i < warmUps(plan); i++) {
      const warmUp = await observe(plan, { ...step, warmup: true }, arm, tools);
      if (!warmUp || 'code' in warmUp) return warmUp;
    }
    warm.add(step.arm);
    const taken = await observe(plan, step, arm, tools);
    const lost = service?.running.lost();
    if (!lost) return taken;
    endAll(arm);
    return { code: 'helper_lost', reason: `the process that supervises the service was ended by ${lost}`, stderr: '' };
  }

  async function leave(): Promise<Footprint> {
    await stopService();
    return turns.end();
  }

  return { take, leave, stopService };
}

/**
 * Does one step: runs `before_each`, executes the command, reads its metrics and its output, and runs the counters. Undefined when aborted.
 */
async function observe(plan: SessionPlan, step: Step, arm: Arm, tools: StepTools): Promise<Sample | Fault | undefined> {
  if (!existsSync(arm.dir)) return { code: 'no_folder', reason: `${arm.dir} is gone`, stderr: '' };
  const unprepared = await prepare(plan, arm, tools);
  if (tools.signal?.aborted) return undefined;
  if (unprepared) return unprepared;

  const script = arm.script ?? plan.command.script;
  const reads = [...plan.metrics.map((metric) => metric.source), plan.same_output];
  const keepOutput = needStdout(plan.metrics) || (plan.same_output !== undefined && !isFile(plan.same_output));
  const before = stampsOf(reads, arm.dir);
  const [started_at, load1] = [tools.clock.now(), loadavg()[0] ?? 0];
  const execution = await execute({ ...commandOf(plan, arm), keepOutput }, tools.instrument, tools.signal);
  if (execution.state === 'aborted') return undefined;
  if (execution.state === 'failed') {
    if (execution.cause.kind === 'helper_lost') endAll(arm);
    return faultIn(execution);
  }
  const shell_ms = usesShell(script, plan.command.shell) ? tools.shellCost : null;
  const usage = shell_ms ? withoutShell(execution.usage, shell_ms) : execution.usage;
  const traces = { usage, stdout: execution.stdout, cwd: arm.dir, before };
  const metrics = await readMetrics(plan.metrics, traces);
  if ('error' in metrics) return faultOf(metrics.error);
  const text = plan.same_output === undefined ? null : comparedText(plan.same_output, plan.metrics, traces);
  if (isAbsence(text)) return faultOf(failure('output_missing', text));
  // Counters are not run for warm-ups, because counters are slow and the counts of a warm-up are not used.
  const counts = step.warmup ? { values: {} } : await countMetrics(plan, arm, tools);
  if (counts === undefined || 'code' in counts) return counts;
  const unconcluded = await conclude(plan, arm, tools);
  if (tools.signal?.aborted) return undefined;
  if (unconcluded) return unconcluded;
  return {
    session: plan.id,
    ...step,
    started_at,
    metrics: { ...metrics.values, ...counts.values },
    exit_code: execution.exitCode,
    ...figuresOf(usage),
    shell_ms,
    output: text === null ? null : tools.compare(text),
    load1,
    method: usage.method,
    tree_method: tools.instrument.tree ?? null,
  };
}

/** Kills all processes of an arm whose supervisor has died. */
function endAll(arm: Arm): void {
  for (const { pid } of processesOf(arm)) killProcess(pid);
}

function isFile(spec: NonNullable<SessionPlan['same_output']>): boolean {
  return typeof spec === 'object' && 'file' in spec;
}
