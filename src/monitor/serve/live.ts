import type { MonitorEvent } from '../event.ts';

/** An event as the page hears of it. */
export type LiveEvent = Pick<MonitorEvent, 't' | 'kind' | 'name' | 'plugin' | 'duration_ms' | 'ok' | 'session'>;

/** So many of the newest events are remembered for those who come back. */
const MOST = 1000;

/** The newest stored events, numbered from 1 since the start of the service. Only the store's writer adds to it, after its commit. */
export type Live = {
  add(events: readonly MonitorEvent[]): void;
  /** The number of the newest event; 0: none yet. */
  last(): number;
  /** The events after a number, and whether some before them are gone already. */
  after(number: number): { events: LiveEvent[]; gap: boolean };
  /** Calls when there is something new; gives the function that ends it. */
  watch(seen: () => void): () => void;
};

export function liveRing(): Live {
  let newest: LiveEvent[] = [];
  let last = 0;
  const watchers = new Set<() => void>();
  return {
    add(events) {
      last += events.length;
      newest = [...newest, ...events.slice(-MOST).map(liveEvent)].slice(-MOST);
      for (const seen of watchers) seen();
    },
    last: () => last,
    after(number) {
      const missing = Math.max(0, last - number);
      return { events: missing === 0 ? [] : newest.slice(-missing), gap: missing > newest.length };
    },
    watch(seen) {
      watchers.add(seen);
      return () => void watchers.delete(seen);
    },
  };
}

const liveEvent = ({ t, kind, name, plugin, duration_ms, ok, session }: MonitorEvent): LiveEvent => ({
  t,
  kind,
  name,
  plugin,
  duration_ms,
  ok,
  session,
});
