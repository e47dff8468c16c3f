import type { LiveEvent } from '../serve/live.ts';
import type { Pace } from '../serve/stream.ts';

type Heard = {
  /** Called with newly stored events. */
  stored(events: readonly LiveEvent[]): void;
  /** Called if the page missed events and must reload all data. */
  missed(): void;
  pace(pace: Pace): void;
  state(state: 'live' | 'lost'): void;
};

/**
 * The time in ms from a refused connection to the next attempt. The service refuses connections if, for example, too many pages are open.
 */
const AGAIN_MS = 3000;

/**
 * Receives the events that the service stores. If the connection is lost, the browser connects again and sends the number of the last
 * event. If a connection is refused, the browser gives up, so this function connects again.
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
