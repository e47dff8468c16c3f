import type { ProfileBuilder } from '../model.ts';

/**
 * The begin (`B`) or end (`E`) of an event, or a whole event (`X`), on one thread. Times in ms. `place`: the number from
 * `ProfileBuilder.place` for the event's function and line; -1 for an end. An end closes the open event of the same name. An end without a
 * name closes the event that was opened last.
 */
export type TraceEvent = { phase: 'B' | 'E' | 'X'; at: number; lasted: number; name: string; place: number };

/** An event from its begin to its end. `to`: null if the event has no end. */
type Span = { from: number; to: number | null; name: string; place: number };

type Open = { node: number; end: number };

/** When an event begins, at most this many open events are searched for the one that contains it. */
const most = 1000;

/**
 * Adds the events of one thread. Time counts for the open event that began last, so own times add up to the time in which any event was
 * open. An event is placed below the nearest open event that ends no earlier. An event without an end lasts as long as the event around it.
 * Returns the number of ends without a begin.
 */
export function addNested(events: readonly TraceEvent[], builder: ProfileBuilder): number {
  const { spans, unmatched } = paired(events);
  const latest = events.reduce((most, { at, lasted }) => Math.max(most, at + lasted), 0);
  const open: Open[] = [];
  let last = 0;
  /** Adds the time until `moment` to the open events, and closes the events that have ended by then. */
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

/** The innermost open event that ends no earlier than the given event, which begins now. Removes events that have ended. */
function containing(open: Open[], { from, to }: Span): Open | undefined {
  for (let i = open.length - 1; i >= 0 && i >= open.length - most; i--) {
    const each = open[i]!;
    if (each.end <= from) open.splice(i, 1);
    else if (to === null || each.end >= to) return each;
  }
  return undefined;
}

/**
 * Pairs begins with ends. An end also closes all events that began inside its event and are still open, because a program that fails writes
 * no ends for them. If such an inner event gets its own end later, that end counts instead. This is possible until another end closes
 * inner events.
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
