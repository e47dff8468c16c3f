import type { MonitorEvent } from '../event.ts';

/** An event with the fields that the page receives. */
export type LiveEvent = Pick<MonitorEvent, 't' | 'kind' | 'name' | 'plugin' | 'duration_ms' | 'ok' | 'session'>;

/** The number of newest events kept for pages that reconnect. */
const MOST = 1000;

/**
 * The newest stored events, numbered from 1 since the start of the service. Only the writer of the store adds events, after the transaction
 * was committed.
 */
export type Live = {
  add(events: readonly MonitorEvent[]): void;
  /** The number of the newest event; 0 before the first event. */
  last(): number;
  /** The events after the event with a given number. `gap`: whether some of these events are no longer kept. */
  after(number: number): { events: LiveEvent[]; gap: boolean };
  /** Calls `seen` whenever new events were added. Returns a function that ends the calls of `seen`. */
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
