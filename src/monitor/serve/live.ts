import type { MonitorEvent } from '../event.ts';

/** The fields of an event that are sent to the page. */
export type LiveEvent = Pick<MonitorEvent, 't' | 'kind' | 'name' | 'plugin' | 'duration_ms' | 'ok' | 'session'>;

/** At most this number of events are kept for pages that reconnect. The newest events are kept. */
const MOST = 1000;

/**
 * The newest stored events. Events are numbered in the order in which they are stored; 1 is the first event after the start of the service.
 * Only the writer of the store adds events, after the commit of the transaction.
 */
export type Live = {
  add(events: readonly MonitorEvent[]): void;
  /** The number of the newest event; 0 before the first event. */
  last(): number;
  /** The events with a higher number than `number`. `gap`: whether some of them are missing, because they are no longer kept. */
  after(number: number): { events: LiveEvent[]; gap: boolean };
  /** Calls `seen` after events were added. Returns a function that unregisters `seen`. */
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
