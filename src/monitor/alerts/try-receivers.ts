import type { Alert } from './alert.ts';
import { type Delivery, deliver } from './deliver.ts';
import type { Receiver, Senders } from './receivers/receiver.ts';
import { ruleSchema } from './rule.ts';

/** Sends a made-up test alert to every receiver, once. The test alert is critical, so that no receiver filters it out. */
export async function triedReceivers(receivers: readonly Receiver[], now: number, world: Senders): Promise<Delivery[]> {
  const rule = ruleSchema.parse({
    name: 'perf-gate-test',
    metric: 'hook_event.duration_ms',
    agg: 'p95',
    op: '>',
    value: 500,
  });
  const labels = { name: 'a test of the receivers' };
  const alert: Alert = { rule: rule.name, labels, severity: 'critical', value: 612, began: now, ended: null };
  const notice = { rule: rule.name, status: 'firing' as const, alerts: [alert] };
  const delivering = { env: world.env, signal: world.signal, rules: [rule], waits: [], wait: async () => {} };
  const all = await Promise.all(receivers.map((receiver) => deliver(receiver, notice, delivering)));
  return all.filter((delivery) => delivery !== null);
}
