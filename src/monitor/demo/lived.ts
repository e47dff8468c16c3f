import { DAY, MINUTE } from '../../core/time.ts';
import type { MonitorEvent } from '../event.ts';
import { type Hooked, hooks } from './plugins.ts';

/** The number of executions of each hook on one day. */
const RUNS = 12;

/**
 * The data of one simulated day. `noon`: ms since 1970. `times`: the times of real executions, in ms. `factor`: the factor by which the
 * times are multiplied. `load`: processes per core.
 */
type Lived = {
  noon: number;
  project: string;
  times: Record<keyof typeof hooks, readonly number[]>;
  factor: number;
  load: number;
};

/** The invented events of one day: executions of both hooks, one minute apart, and the load of the machine. */
export function dayOf({ noon, project, times, factor, load }: Lived): MonitorEvent[] {
  const nth = Math.floor(noon / DAY);
  const about = { prompt: null, source: 'demo' } as const;
  const runsOf = ({ plugin, script }: Hooked, all: readonly number[]) =>
    Array.from({ length: RUNS }, (_, i): MonitorEvent => {
      const t = noon + i * MINUTE;
      // each day begins at a different index of `all`, so that the days differ
      const duration_ms = Number((all[(7 * nth + i) % all.length]! * factor).toFixed(2));
      return {
        ...{ ...about, t, kind: 'hook', name: `Stop ${script}`, plugin, handler_hash: plugin, duration_ms, ok: true },
        ...{ session: `day ${nth}`, project, identity: `${plugin} ${t}`, attributes: {} },
      };
    });
  const loads = Array.from({ length: RUNS }, (_, i): MonitorEvent => {
    const t = noon + i * MINUTE;
    return {
      ...{ ...about, t, kind: 'resource', name: 'machine', plugin: '', handler_hash: '', duration_ms: null, ok: null },
      ...{ session: null, project: null, identity: `load ${t}`, attributes: { load, load_p95: load, load_max: load } },
    };
  });
  return [...runsOf(hooks.changed, times.changed), ...runsOf(hooks.same, times.same), ...loads];
}
