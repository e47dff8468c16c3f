import { MINUTE } from '../../core/time.ts';
import { ofNoSession } from '../event.ts';
import { type Look, summary } from '../resources/figures.ts';
import type { Draft, Random } from './draft.ts';

/** The number of resource readings in each invented minute. */
const LOOKS = 4;

/** A session whose resources are invented. `from`, `to`: its beginning and end, ms since 1970. `client`: the id of the client's process. */
type Watched = { from: number; to: number; isBusy: boolean; client: number; random: Random };

/** For each minute of a session, the events with the client's resources and the machine's load. */
export function resourcesOf({ from, to, isBusy, client, random }: Watched): Draft[] {
  const minutes = Array.from({ length: Math.floor((to - from) / MINUTE) }, (_, i) =>
    Math.round(from + (i + 1) * MINUTE),
  );
  const load = isBusy ? 2.9 : 0.4;
  const some = (value: number) => value * (0.6 + 0.8 * random());
  const machine = (): Look => ({
    load: some(load),
    running: some(load),
    cpu_pressure_pct: some(isBusy ? 38 : 2),
    io_pressure_pct: some(isBusy ? 9 : 1),
    memory_pressure_pct: some(0.2),
  });
  return minutes.flatMap((t, i) => [
    minute(t, 'client', { client: String(client) }, () => lookOf(some, i)),
    minute(t, 'machine', {}, machine),
  ]);
}

/** An invented reading of a client, whose memory grows with the length of the session. */
function lookOf(some: (value: number) => number, minutes: number): Look {
  const [cpu_pct, rss_mb] = [some(34), 310 + 4 * minutes + some(20)];
  const [read_mb_s, write_mb_s] = [some(0.7), some(0.3)];
  return {
    cpu_pct,
    cpu_share_pct: cpu_pct / 8,
    rss_mb,
    memory_share_pct: rss_mb / 160,
    read_mb_s,
    write_mb_s,
    disk_mb_s: read_mb_s + write_mb_s,
    processes: Math.round(some(4)),
  };
}

const minute = (t: number, name: string, about: Draft['attributes'], look: () => Look): Draft => ({
  t,
  kind: 'resource',
  name,
  duration_ms: null,
  ok: null,
  ...ofNoSession,
  source: 'demo',
  attributes: { ...summary(Array.from({ length: LOOKS }, look)), ...about },
});
