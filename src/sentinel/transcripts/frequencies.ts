import type { Clock } from '../../core/clock.ts';
import { DAY } from '../../core/time.ts';
import type { Place } from '../discover/settings.ts';
import { type Found, findTranscripts, subagentsOf } from './find.ts';
import { visitTranscript } from './read.ts';
import { countOf } from './tally.ts';

/**
 * How often each event occurred per day with sessions. `matched`: the value that matchers are compared with. Null if the event ignores
 * matchers. `days`: the number of days with a session; `sessions`: the number of sessions.
 */
export type Frequencies = {
  days: number;
  sessions: number;
  events: { event: string; matched: string | null; per_day: number }[];
};

/** The number of past days whose sessions are counted. */
export const DAYS = 30;

/** The largest number of bytes that are read. The newest sessions suffice. */
const MOST_BYTES = 96 * 1024 ** 2;

/**
 * Counts the events in the transcripts of the last days: in `all` projects of the user, or in one `project`. Events without hooks are
 * counted too: every tool call counts as a PreToolUse event. Files that cannot be read are left out. Without transcripts, the result has
 * 0 days and no events.
 */
export function frequencies(place: Place, clock: Clock, days: number, of: 'all' | 'project' = 'all'): Frequencies {
  if (days === 0) return { days: 0, sessions: 0, events: [] };
  const since = Date.parse(clock.now()) - days * DAY;
  const read = withinBytes(findTranscripts(place, of).filter(({ changed }) => changed >= since));
  const counts = new Map<string, number>();
  const used = new Set<number>();
  for (const { file } of read) {
    const count = countOf((event, matched) => {
      const key = JSON.stringify([event, matched]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    });
    for (const one of [file, ...subagentsOf(file)])
      visiting(one, (fact, about) => {
        if (fact.t < since) return;
        if (fact.kind === 'prompt' && one === file) used.add(Math.floor(fact.t / DAY));
        count(one === file || !('side' in fact) ? fact : { ...fact, side: true }, about);
      });
  }
  return {
    days: used.size,
    sessions: read.length,
    events: used.size === 0 ? [] : perDay(counts, used.size),
  };
}

function perDay(counts: ReadonlyMap<string, number>, days: number): Frequencies['events'] {
  return [...counts]
    .map(([key, n]) => {
      const [event, matched] = JSON.parse(key) as [string, string | null];
      return { event, matched, per_day: n / days };
    })
    .sort((a, b) => b.per_day - a.per_day || (a.event < b.event ? -1 : 1));
}

/** The newest transcripts whose total size is at most `MOST_BYTES`. */
function withinBytes(found: readonly Found[]): Found[] {
  let bytes = 0;
  return found.filter(({ bytes: more }) => {
    const fits = bytes + more <= MOST_BYTES;
    if (fits) bytes += more;
    return fits;
  });
}

/** Reads a transcript. Ignores errors, because other processes can remove or replace the file meanwhile. */
function visiting(...[file, use]: Parameters<typeof visitTranscript>): void {
  try {
    visitTranscript(file, use);
  } catch {}
}
