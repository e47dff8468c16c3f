import type { LiveEvent } from '../serve/live.ts';
import type { Pace } from '../serve/stream.ts';

type Heard = {
  /** Called with events that were stored. */
  stored(events: readonly LiveEvent[]): void;
  /** Called if events were missed, so that all data must be reloaded. */
  missed(): void;
  pace(pace: Pace): void;
  state(state: 'live' | 'lost'): void;
};

/**
 * The wait in ms after a refused connection before the next attempt. The service refuses a connection if, for example, too many pages are
 * open.
 */
const AGAIN_MS = 3000;

/**
 * Receives the events that the service stores. After a lost connection, the browser connects again and sends the number of the last event.
 * After a refused connection, this function tries again.
 */
export function connect(heard: Heard): void {
  let last = '';
  const open = () => {
    const source = new EventSource(last === '' ? '/events' : `/events?after=${encodeURIComponent(last)}`);
    const on = (name: string, act: (data: unknown) => void) =>
      source.addEventListener(name, (event) => {
        last = event.lastEventId || last;
        act(JSON.parse(event.data as string));
      });
    on('stored', (events) => heard.stored(events as LiveEvent[]));
    on('gap', heard.missed);
    on('changed', heard.missed);
    on('pace', (pace) => heard.pace(pace as Pace));
    source.addEventListener('open', () => heard.state('live'));
    source.addEventListener('error', () => {
      heard.state('lost');
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      setTimeout(open, AGAIN_MS);
    });
  };
  open();
}
