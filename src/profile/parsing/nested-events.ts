import type { ProfileBuilder } from '../model.ts';

/**
 * Something that began (`B`), ended (`E`), or did both (`X`), on one thread. Times in ms. `place`: of the builder; an end has none and is
 * found by its name, and without a name ends what was opened last.
 */
export type TraceEvent = { phase: 'B' | 'E' | 'X'; at: number; lasted: number; name: string; place: number };

type Open = { name: string; node: number; end: number };

/**
 * Adds the events of one thread. The time between two events goes to the one that was opened last, so own times add up to the time in which
 * any was open. An event that ends after the one around it is cut off there. What nothing ends lasts until the last event.
 * Returns how many ends had no beginning.
 */
export function addNested(events: readonly TraceEvent[], builder: ProfileBuilder): number {
  const open: Open[] = [];
  let last = 0;
  let unmatched = 0;
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
  for (const { phase, at, lasted, name, place } of inOrder(events)) {
    passTo(at);
    if (phase === 'E') {
      const index = name === '' ? open.length - 1 : open.findLastIndex((each) => each.name === name);
      if (index === -1) unmatched++;
      else open.length = index;
      continue;
    }
    const around = open.at(-1);
    const node = builder.below(around?.node ?? -1, place);
    builder.add(node, 0, 1);
    const end = phase === 'X' ? at + lasted : Number.POSITIVE_INFINITY;
    open.push({ name, node, end: Math.min(end, around?.end ?? end) });
  }
  passTo(events.reduce((latest, { at, lasted }) => Math.max(latest, at + lasted), 0));
  return unmatched;
}

/** By time. At the same moment an end comes first unless its event begins there too, and the longer of two events is the outer one. */
function inOrder(events: readonly TraceEvent[]): TraceEvent[] {
  const longer = (a: TraceEvent, b: TraceEvent) => (a.phase === 'X' && b.phase === 'X' ? b.lasted - a.lasted : 0);
  return events.toSorted((a, b) => a.at - b.at || longer(a, b));
}
