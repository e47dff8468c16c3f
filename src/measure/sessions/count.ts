import { failure } from '../../core/errors.ts';
import { remove, temporaryDir } from '../../core/fs.ts';
import type { Tools } from '../instruments/instrument.ts';
import { type CounterName, counterProblem, counters } from '../sources/counters.ts';
import { isCounter, type Metric } from '../sources/sources.ts';
import { type Arm, prepare, temporaryOf } from './arm.ts';
import { execute } from './execute.ts';
import { type Fault, faultIn, faultOf } from './fault.ts';
import type { SessionPlan } from './plan.ts';

type Counted = Metric & { source: CounterName };

export function commandOf(plan: Pick<SessionPlan, 'command'>, arm: Arm) {
  const { dir: cwd, env, script = plan.command.script, input, exits, room } = arm;
  return {
    ...plan.command,
    script,
    cwd,
    env,
    ...(input === undefined ? {} : { input }),
    ...(exits ? { exits } : {}),
    ...(room ? { room } : {}),
  };
}

const countedOf = (metrics: readonly Metric[]) =>
  metrics.filter((metric): metric is Counted => isCounter(metric.source));

/** Tries the counters that the metrics need. @throws `no_counter`: a counter does not work here. */
export async function requireCounters(metrics: readonly Metric[], env: Record<string, string>): Promise<void> {
  for (const { name, source } of countedOf(metrics)) {
    const reason = await counterProblem(source, env);
    if (reason) throw failure('no_counter', { metric: name, source, reason });
  }
}

/**
 * The values of all metrics that a counter measures. Each counter needs an execution of its own, after the timed execution, because a
 * counter slows the program. Undefined when aborted.
 */
export async function countMetrics(
  plan: SessionPlan,
  arm: Arm,
  tools: Tools,
): Promise<{ values: Record<string, number> } | Fault | undefined> {
  const values: [name: string, count: number][] = [];
  const asked = countedOf(plan.metrics);
  for (const source of new Set(asked.map((metric) => metric.source))) {
    const unprepared = await prepare(plan, arm, tools);
    if (tools.signal?.aborted) return undefined;
    if (unprepared) return unprepared;
    const counted = await underCounter(source, { plan, arm }, tools);
    if (counted === undefined || typeof counted === 'object') return counted;
    values.push(
      ...asked.filter((metric) => metric.source === source).map(({ name }): [string, number] => [name, counted]),
    );
  }
  return { values: Object.fromEntries(values) };
}

/** Executes the command once under a counter. Returns the count, or the reason why the execution failed. Returns undefined when aborted. */
async function underCounter(
  source: CounterName,
  { plan, arm }: { plan: SessionPlan; arm: Arm },
  tools: Tools,
): Promise<number | Fault | undefined> {
  const dir = temporaryDir(temporaryOf(arm), 'pg-');
  try {
    const under = counters[source].launcher(arm.room?.inside(dir) ?? dir);
    const command = { ...commandOf(plan, arm), keepOutput: false, under };
    const execution = await execute(command, tools.instrument, tools.signal);
    if (execution.state === 'aborted') return undefined;
    if (execution.state === 'failed') return faultIn(execution, under[0]);
    const count = counters[source].read(dir);
    if (typeof count === 'number') return count;
    return faultOf(failure('metric_missing', { metric: source, ...count }));
  } finally {
    remove(dir);
  }
}
