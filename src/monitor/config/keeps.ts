import type { Kind, MonitorEvent } from '../event.ts';
import type { MonitorConfig } from './schema.ts';

type Switch = keyof MonitorConfig['metrics'];

/**
 * For each kind of events, the name of its switch in the setting `metrics`. A kind without a switch, such as `session`, does not depend on
 * this setting.
 */
const switches: Partial<Record<Kind, Switch>> = {
  turn: 'execution_time',
  model: 'execution_time',
  tool: 'execution_time',
  permission: 'execution_time',
  hook_event: 'execution_time',
  hook: 'execution_time',
  agent: 'agent_performance',
  test: 'test_performance',
  cache: 'cache_performance',
  resource: 'resource_usage',
};

const ofCache = ['cache_read_tokens', 'cache_creation_tokens'];

/**
 * The kinds of events that are stored at the collection level `minimal`. Telemetry is already filtered when it is read; imported events are
 * filtered only here.
 */
const ofMinimal: readonly Kind[] = ['hook_event', 'hook'];

type Keeping = Pick<MonitorConfig, 'metrics' | 'collection_level'>;

/** Whether the configuration allows events of a kind to be stored. */
export const keeps = (kind: Kind, { metrics, collection_level }: Keeping): boolean =>
  (switches[kind] === undefined || metrics[switches[kind]]) &&
  (collection_level !== 'minimal' || ofMinimal.includes(kind));

/** The events and attributes that the configuration allows to be stored. */
export function kept(events: readonly MonitorEvent[], config: Keeping): MonitorEvent[] {
  const some = events.filter(({ kind }) => keeps(kind, config));
  if (config.metrics.cache_performance) return some;
  return some.map((event) => ({
    ...event,
    attributes: Object.fromEntries(Object.entries(event.attributes).filter(([name]) => !ofCache.includes(name))),
  }));
}
