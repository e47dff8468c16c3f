import { count, oneLine } from '../../core/text.ts';
import { dayName } from '../../core/time.ts';
import { quantity } from '../../core/units.ts';
import type { Received } from '../receive/otlp-routes.ts';
import type { Holdings } from '../store/read.ts';

/** The data of `monitor status`. `since`: ISO 8601 in UTC. */
export type Status = {
  running: boolean;
  pid: number | null;
  /** The name of another machine on which a service was started, if no end of this service was recorded; else null. */
  elsewhere: string | null;
  since: string | null;
  endpoint: string | null;
  /** The address of the page with its token; null if no page is served. */
  page: string | null;
  /** The counts of received requests and events; null if the service does not answer. */
  received: Received | null;
  store: Holdings & { file: string; driver: string | null; bytes: number };
};

export function statusText({ running, pid, elsewhere, since, endpoint, page, received, store }: Status): string {
  const { file, bytes, events, series, sessions, first, last } = store;
  const span = first === null || last === null ? '' : `, from ${dayName(first)} to ${dayName(last)} (UTC)`;
  return [
    running
      ? `service   ${endpoint ?? 'is starting'} (pid ${pid}, since ${since})`
      : elsewhere === null
        ? 'service   not running: `perf-gate monitor start` starts it'
        : `service   started on another machine, ${oneLine(elsewhere)}: check on that machine whether the service still runs`,
    ...(page === null ? [] : [`page      ${page}`]),
    ...(received ? [`received  ${receivedText(received)}`] : []),
    ...(running && endpoint !== null && !received
      ? ['received  an unknown number of requests, because the service does not answer']
      : []),
    `store     ${oneLine(file)} (${quantity(bytes, 'bytes')})`,
    `          ${count(events, 'event')} of ${count(sessions, 'session')}, ${series} series${span}`,
  ].join('\n');
}

function receivedText({ requests, events, rejected, ignored, refused }: Received): string {
  const rest = [
    ...(ignored > 0 ? [`${ignored} ignored`] : []),
    ...(rejected > 0 ? [`${rejected} unreadable`] : []),
    ...(refused > 0 ? [`${count(refused, 'body', 'bodies')} refused`] : []),
  ];
  return [`${count(events, 'event')} in ${count(requests, 'request')}`, ...rest].join(', ');
}
