import { type Kind, type Source, type Span, sources } from './span.ts';

/**
 * The part of a session to which a moment belongs. `rest`: unknown time within a turn. `unrecorded`: the time by which tool calls, or waits
 * for the model, exceed Claude Code's totals. This time belongs to permissions, to hooks that print nothing, or to Claude Code's own work.
 */
export type Part = Kind | 'start_up' | 'idle' | 'shut_down' | 'rest' | 'unrecorded';

/** A stretch of time that belongs to one part. `from` and `to`: in ms since 1970. */
export type Stretch = { part: Part; from: number; to: number };

/** The largest difference, in ms, between the times that two sources report for the same moment. */
const SLACK_MS = 30;

/** The spans that count. If spans of the same work from two sources overlap, the more accurate one counts. */
export function mostFaithful(spans: readonly Span[]): Span[] {
  const kept = new Map<string, Span[]>();
  for (const source of sources) {
    const added = spans.filter((span) => span.source === source && !isTold(span, kept.get(topicOf(span)) ?? []));
    for (const span of added) {
      const same = kept.get(topicOf(span));
      if (same) same.push(span);
      else kept.set(topicOf(span), [span]);
    }
  }
  return [...kept.values()].flat().sort((a, b) => a.from - b.from || a.to - b.to);
}

/** A key that is equal for spans of the same work. */
const topicOf = ({ kind, hook, tool }: Span) => [kind, hook?.event, tool?.call].join('\n');

const isTold = (span: Span, better: readonly Span[]) =>
  better.some(
    ({ source, from, to }) => source !== span.source && from < span.to + SLACK_MS && to > span.from - SLACK_MS,
  );

/** The parts by precedence. If several parts occur at the same moment, the part that is first in this list counts. */
const precedence: readonly Part[] = [
  'hook',
  'permission',
  'tool',
  'start_up',
  'idle',
  'shut_down',
  'model',
  'agent',
  'rest',
];

/**
 * Cuts a session into stretches without gaps, each of one part. A moment at which several parts occur counts for only one of them.
 * @param between the stretches outside of turns, with their parts
 */
export function timelineOf(
  spans: readonly Span[],
  between: readonly Stretch[],
  { from, to }: { from: number; to: number },
): Stretch[] {
  const all: Stretch[] = [...spans.map((span) => ({ part: span.kind, from: span.from, to: span.to })), ...between];
  const within = all
    .map(({ part, ...span }) => ({ part, from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter((span) => span.to > span.from);
  const changes = within
    .flatMap(({ part, from: begin, to: end }) => [
      { at: begin, part, by: 1 },
      { at: end, part, by: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  const active = new Map<Part, number>();
  const stretches: Stretch[] = [];
  let last = from;
  for (const { at, part, by } of [...changes, { at: to, part: 'rest' as const, by: 0 }]) {
    if (at > last) add(stretches, { part: first(active), from: last, to: at });
    active.set(part, (active.get(part) ?? 0) + by);
    last = Math.max(last, at);
  }
  return stretches;
}

/**
 * The timeline, with one part limited to a total in ms. The excess becomes `unrecorded`. No source says when the excess occurred. So it is
 * put at the beginning of each stretch, because Claude Code waits for hooks and permissions before it works.
 */
export function atMost(timeline: readonly Stretch[], part: Part, most: number): Stretch[] {
  const total = timeline.filter((one) => one.part === part).reduce((sum, { from, to }) => sum + to - from, 0);
  if (total <= most) return [...timeline];
  return timeline.flatMap((one): Stretch[] => {
    if (one.part !== part) return [one];
    const at = one.from + (one.to - one.from) * (1 - most / total);
    return [
      { part: 'unrecorded', from: one.from, to: at },
      { part, from: at, to: one.to },
    ];
  });
}

const first = (active: ReadonlyMap<Part, number>): Part =>
  precedence.find((part) => (active.get(part) ?? 0) > 0) ?? 'rest';

function add(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1);
  if (last?.part === next.part) last.to = next.to;
  else stretches.push(next);
}

/** The time that at least one of the spans covers, in ms. */
export function covered(spans: readonly Pick<Span, 'from' | 'to'>[]): number {
  let [sum, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
}

/** The sources of spans, the most accurate first. */
export const sourcesOf = (spans: readonly Span[]): Source[] =>
  sources.filter((source) => spans.some((span) => span.source === source));
