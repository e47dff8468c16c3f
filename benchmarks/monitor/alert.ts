import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './service.ts';
import { bodyOf } from './traffic.ts';

/** The `for` of the rule, in s. */
export const FOR = 10;
const RULE = 'bench-slow';

/** A configuration with a rule that holds once a hook has run. */
export const alertingConfig = `alerting:
  rules:
    - { name: ${RULE}, metric: hook_event.duration_ms, agg: p95, op: '>', value: 1, window: 1h, min_samples: 1, for: ${FOR}s }
`;

/** Seconds from the end of its `for` until an alert fires, counted from the first event; with the service's normal evaluation interval. */
export async function firedAfter(service: Service, first: number): Promise<number> {
  const began = performance.now();
  await service.post(bodyOf(first, 10, Date.now()));
  for (;;) {
    const answer = await fetch(`${service.page}/api/alerts`);
    const { alerts } = (await answer.json()) as { alerts: { rule: string }[] };
    const seconds = (performance.now() - began) / 1000;
    if (alerts.some(({ rule }) => rule === RULE)) return seconds - FOR;
    if (seconds > 180) return Infinity;
    await sleep(100);
  }
}
