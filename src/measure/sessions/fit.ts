import { failure } from '../../core/errors.ts';
import { requireInput, requirePinning, requireSight } from '../instruments/find.ts';
import type { Tools } from '../instruments/instrument.ts';
import { withTree } from '../instruments/tree.ts';
import type { Arm } from './arm.ts';
import type { SessionPlan } from './plan.ts';
import type { Sample } from './sample.ts';

type Asked = Tools & { arms: readonly Arm[]; already: readonly Sample[] };

/**
 * Checks that the instrument can measure all metrics of a session, and that it uses the method of the samples that exist already. Returns
 * the tools of the session.
 * @throws `no_instrument`, `cpus_unsupported`, `cpus_unavailable`, `input_unsupported`, `instrument_changed`, `tree_method_changed`
 */
export async function fitFor(
  plan: Pick<SessionPlan, 'metrics' | 'command' | 'service'>,
  { arms, already, ...given }: Asked,
): Promise<Tools> {
  const earlier = already.map((sample) => sample.tree_method);
  const instrument = await withTree(given.instrument, plan.metrics, { earlier, env: arms[0]?.env ?? {} });
  const { method } = instrument;
  requireSight(instrument, plan.metrics);
  const other = already.find((sample) => sample.method !== method);
  if (other) throw failure('instrument_changed', { before: other.method, now: method });
  requirePinning(method, plan.command.cpus ?? plan.service?.cpus);
  for (const { input } of arms) requireInput(method, input);
  return { ...given, instrument };
}
