import { failure } from '../../core/errors.ts';
import { median } from '../../stats/robust.ts';
import type { Tools } from '../instruments/instrument.ts';
import { measured } from '../sources/usage.ts';
import type { Arm } from './arm.ts';
import { shellNamed } from './command.ts';
import { commandOf } from './count.ts';
import { execute, type Usage } from './execute.ts';
import type { SessionPlan } from './plan.ts';

/**
 * The time that the shell itself takes before and after the script, in ms. A time is null if the instrument cannot measure it. `main_run`:
 * how long the shell runs on a processor. It is part of the main thread's time, because the shell is the first program of the main process.
 */
export type ShellCost = { wall: number; user: number | null; sys: number | null; main_run: number | null };

/**
 * The number of executions of the empty script. With this number, the median varies by only a few hundredths of a millisecond, and all
 * executions together take about 20 ms.
 */
const emptyRuns = 21;

/**
 * Measures an empty script, `sh -c ''`. The shell's wall time is measured without the time in which the shell waited for a processor. This
 * wait depends on the load of the machine, and `undelayed_wall` does not contain it. Undefined when aborted.
 * @throws `instrument_broken`: the empty script fails; `helper_lost`: the process that measured the empty script was killed
 */
export async function measureShell(
  plan: Pick<SessionPlan, 'command'>,
  arm: Arm,
  tools: Tools,
): Promise<ShellCost | undefined> {
  const shell = shellNamed(plan.command.shell) ?? true;
  const command = { ...commandOf(plan, arm), script: '', shell, keepOutput: false };
  const usages: Usage[] = [];
  while (usages.length < emptyRuns) {
    const execution = await execute(command, tools.instrument, tools.signal);
    if (execution.state === 'aborted') return undefined;
    if (execution.state === 'failed' && execution.cause.kind === 'helper_lost')
      throw failure('helper_lost', { what: 'start of the shell', command: "sh -c ''", reason: execution.reason });
    if (execution.state === 'failed')
      throw failure('instrument_broken', {
        method: tools.instrument.method,
        found: `an empty shell: ${execution.reason}`,
      });
    usages.push(execution.usage);
  }
  const middle = (pick: (usage: Usage) => number | null) => {
    const values = usages.map(pick).filter((value) => value !== null);
    return values.length > 0 ? median(values) : null;
  };
  return {
    wall: middle((u) => measured.undelayed_wall.read(u) ?? u.wall_ms) ?? 0,
    user: middle((u) => u.user_ms),
    sys: middle((u) => u.sys_ms),
    main_run: middle((u) => u.main_run_ms),
  };
}

/**
 * The figures of an execution minus the times that the shell takes. A figure is never below 0. Memory does not change, because the peak of
 * the program does not contain the shell's memory. The waits for a processor do not change, because the shell's times were measured without
 * such waits.
 */
export function withoutShell(usage: Usage, cost: ShellCost): Usage {
  const less = (value: number | null, share: number | null) =>
    value === null ? null : Math.max(0, value - (share ?? 0));
  return {
    ...usage,
    wall_ms: Math.max(0, usage.wall_ms - cost.wall),
    user_ms: less(usage.user_ms, cost.user),
    sys_ms: less(usage.sys_ms, cost.sys),
    main_run_ms: less(usage.main_run_ms, cost.main_run),
  };
}
