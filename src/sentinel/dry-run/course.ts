import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';

/** The progress of a dry run, which it reports, and its time limit. */
export type Course = {
  /** Makes one of the planned executions, unless the time limit is reached. `name`: as the user sees it. @throws interrupted */
  step: (name: string, act: () => Promise<void>) => Promise<void>;
  /** Reports that the present execution has run for so long. */
  tell: (seconds: number) => void;
};

/** The seconds after which a long execution is reported. */
const LONG_S = 3;

/** `planned`: the number of steps; `limitMs`: the time after which no further step begins, or null. */
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
