import { hostname } from 'node:os';
import { failure } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { withFleet } from './with-fleet.ts';

/**
 * Refuses two machines of one class, because a second verdict from the same class is weak evidence. `first`: the class or host that gives
 * the first verdict. Null for this machine.
 * @throws fleet_same_class, and the errors of `openFleet`
 */
export async function mustBeOtherClass(
  url: string,
  { first, second }: { first: string | null; second: string },
  world: Pick<World, 'clock' | 'signal'>,
): Promise<void> {
  await withFleet(url, world, async (fleet) => {
    const classOf = async (name: string): Promise<string | null> => {
      const [row] = await fleet.sql('SELECT class FROM perf_gate.host WHERE name = $1', [name]);
      return row ? String(row.class) : null;
    };
    const one = first === null ? await classOf(hostname()) : ((await classOf(first)) ?? first);
    const other = (await classOf(second)) ?? second;
    if (one === other)
      throw failure('fleet_same_class', {
        first: first === null ? 'this machine' : `“${first}”`,
        second,
        class: other,
      });
  });
}
