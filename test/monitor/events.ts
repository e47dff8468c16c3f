import type { MonitorEvent } from '../../src/monitor/event.ts';

/** The beginning of an hour and of a day (UTC), in ms since 1970. */
export const noon = Date.UTC(2026, 2, 4, 12);
export { DAY, HOUR } from '../../src/core/time.ts';

/** A run of a hook; `given` replaces its fields. */
export const event = (identity: string, of: Partial<MonitorEvent> = {}): MonitorEvent => ({
  t: noon,
  kind: 'hook',
  name: 'Stop notify.sh',
  duration_ms: 100,
  ok: true,
  session: 'f00d',
  prompt: null,
  project: null,
  plugin: 'tidy',
  handler_hash: 'a1',
  source: 'transcript',
  attributes: {},
  ...of,
  identity,
});
