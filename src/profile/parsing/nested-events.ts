import type { ProfileBuilder } from '../model.ts';

/**
 * Something that began (`B`), ended (`E`), or did both (`X`), on one thread. Times in ms. `place`: of the builder; an end has none and is
 * found by its name, and without a name ends what was opened last.
 */
export type TraceEvent = { phase: 'B' | 'E' | 'X'; at: number; lasted: number; name: string; place: number };

/** An event with both its ends. `to` is null if nothing ended it. */
type Span = { from: number; to: number | null; name: string; place: number };

type Open = { node: number; end: number };

/** Among so many events that are open the one around another is looked for. */
const most = 1000;

/**
 * Adds the events of one thread. The time between two events goes to the one that was opened last and has not ended, so own times add up to
 * the time in which any was open. An event lies below the nearest one that lasts as long; what nothing ends lasts as long as that one.
 * Returns how many ends had no beginning.
 */
export function addNested(events: readonly TraceEvent[], builder: ProfileBuilder): number {
  const { spans, unmatched } = paired(events);
  const latest = events.reduce((most, { at, lasted }) => Math.max(most, at + lasted), 0);
  const open: Open[] = [];
  let last = 0;
  /** Gives the time up to a moment to what is open, and closes what ends before it. */
  const passTo = (moment: number) => {
    while (open.length > 0) {
      const top = open.at(-1)!;
      const until = Math.min(top.end, moment);
      if (until > last) {
        builder.add(top.node, until - last, 0);
        last = until;
      }
      if (top.end > moment) break;
      open.pop();
    }
    last = Math.max(last, moment);
  };
  const length = ({ from, to }: Span) => (to ?? latest) - from;
  for (const span of spans.toSorted((a, b) => a.from - b.from || length(b) - length(a))) {
    passTo(span.from);
    const around = containing(open, span);
    const node = builder.below(around?.node ?? -1, span.place);
    builder.add(node, 0, 1);
    open.push({ node, end: span.to ?? around?.end ?? latest });
  }
  passTo(latest);
  return unmatched;
}

/** The nearest of the open events that lasts as long as one that begins now. Those that have ended are taken out. */
function containing(open: Open[], { from, to }: Span): Open | undefined {
  for (let i = open.length - 1; i >= 0 && i >= open.length - most; i--) {
    const each = open[i]!;
    if (each.end <= from) open.splice(i, 1);
    else if (to === null || each.end >= to) return each;
  }
  return undefined;
}

/**
 * Joins beginnings and ends. An end also ends what was opened within its event: events should lie within each other, and a program that
 * failed wrote no ends. What is ended so has its own end if that comes before the next such case.
 */
function paired(events: readonly TraceEvent[]): { spans: Span[]; unmatched: number } {
  const spans: Span[] = [];
  const open: Span[] = [];
  let within: Span[] = [];
  let unmatched = 0;
  for (const { phase, at, lasted, name, place } of events.toSorted((a, b) => a.at - b.at)) {
    if (phase === 'E') {
      const index = name === '' ? open.length - 1 : open.findLastIndex((each) => each.name === name);
      const late = index === -1 ? within.findLastIndex((each) => each.name === name) : -1;
      if (index === -1 && late === -1) unmatched++;
      const ended = index === -1 ? within.splice(late, late === -1 ? 0 : 1) : open.splice(index);
      for (const span of ended) span.to = at;
      if (index !== -1 && ended.length > 1) within = ended.slice(1);
      continue;
    }
    const span = { from: at, to: phase === 'X' ? at + lasted : null, name, place };
    spans.push(span);
    if (phase === 'B') open.push(span);
  }
  return { spans, unmatched };
}
