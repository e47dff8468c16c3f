import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';

/** Runs the executions of a dry run one after the other, reports the progress, and starts no execution after the time limit. */
export type Course = {
  /**
   * Runs one of the planned executions, unless the time limit is reached. `name`: the name of the execution in the progress report.
   * @throws interrupted
   */
  step: (name: string, act: () => Promise<void>) => Promise<void>;
  /** Reports how long the present execution has run. */
  tell: (seconds: number) => void;
};

/** The time in seconds after which the progress report shows how long the present execution has run. */
const LONG_S = 3;

/** `planned`: the number of executions. `limitMs`: the time after which no further execution begins. Null for no limit. */
export function courseOf(
  { clock, notify, signal }: Pick<World, 'clock' | 'notify' | 'signal'>,
  { planned, limitMs }: { planned: number; limitMs: number | null },
): Course {
  const started_ms = clock.ms();
  let [done, name] = [0, ''];
  const show = (label: string) =>
    notify({
      kind: 'progress',
      label,
      done,
      next: planned,
      total: planned,
      values: { base: [], candidate: [] },
      unit: 'ms',
      started_ms,
    });
  return {
    async step(called, act) {
      if (signal.aborted) throw failure('interrupted');
      if (limitMs === null || clock.ms() - started_ms <= limitMs) {
        name = called;
        show(name);
        await act();
      }
      done++;
      if (signal.aborted) throw failure('interrupted');
      if (done === planned) show(name);
    },
    tell: (seconds) => seconds >= LONG_S && show(`${name}, for ${seconds} s now`),
  };
}
