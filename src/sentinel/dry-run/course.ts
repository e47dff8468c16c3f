import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';

/** How far a dry run has come, told as it goes, and whether there is time for more. */
export type Course = {
  /** Makes one of the planned executions, unless the time is over. `name`: what a person sees of it. @throws interrupted */
  step: (name: string, act: () => Promise<void>) => Promise<void>;
  /** Tells that the present execution has run for so long. */
  tell: (seconds: number) => void;
};

/** From when on a person is told that one execution takes long, in s. */
const LONG_S = 3;

/** `planned`: how many steps there will be; `limitMs`: after how long no further one begins, or null. */
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
