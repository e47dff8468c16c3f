import type { World } from '../../src/core/world.ts';
import { audit } from '../../src/sentinel/audit/audit.ts';
import { usualOptions } from '../../src/sentinel/dry-run/options.ts';
import { examples } from './place.ts';

/** Duration of an audit of the examples in s: the whole, the hooks' share of it, and an audit that only reads the files. */
export type AuditCost = { whole_s: number; hooks_s: number; static_s: number };

export async function auditCost(world: World): Promise<AuditCost> {
  const timed = async <T>(act: () => Promise<T>) => {
    const started = world.clock.ms();
    const value = await act();
    return { value, seconds: (world.clock.ms() - started) / 1000 };
  };
  await audit({ plugins: examples, dry: null }, world); // loads the parser
  const texts = await timed(() => audit({ plugins: examples, dry: null }, world));
  const whole = await timed(() => audit({ plugins: examples, dry: { ...usualOptions, seed: 'audit' } }, world));
  const { hooks, events } = whole.value;
  const rounds = usualOptions.runs + usualOptions.warm_ups;
  const sum = (values: readonly number[]) => values.reduce((total, ms) => total + ms, 0);
  // all rounds cost the same, so warm-ups are counted as runs
  const alone = sum(hooks.flatMap(({ runs_ms }) => runs_ms)) * (rounds / usualOptions.runs);
  const together = sum(events.map(({ makespan_ms }) => makespan_ms)) * rounds;
  return { whole_s: whole.seconds, hooks_s: (alone + together) / 1000, static_s: texts.seconds };
}
