export type SpanKind = 'model' | 'hook' | 'tool' | 'permission';

/**
 * An activity within a turn. A span never contains another span. For example, a tool's hooks and its wait for permission are separate
 * spans.
 */
export type Span = {
  kind: SpanKind;
  name: string;
  plugin: string | null;
  /** In ms, on the same time scale as the turn's `start` and `end`. */
  start: number;
  end: number;
  /**
   * The tool call that the span belongs to. Null if the span belongs to no tool call. Tool calls that a model requests together run in
   * parallel.
   */
  call: string | null;
};

/** A turn: the time from a prompt to the end of its answer, with its activities. */
export type Turn = { start: number; end: number; spans: readonly Span[] };

/** A part of the critical path; `span` is null if no activity is known. */
export type Segment = { span: Span | null; ms: number };

/**
 * Tolerance for differences between the clocks of two sources, in ms. If a span overlaps the next span by at most this time, it counts as
 * ended before the next span begins.
 */
const slackMs = 2;

/** The spans of a turn, cut at the start and at the end of the turn. Only time within the turn can delay the turn. */
const within = ({ start, end, spans }: Turn): Span[] =>
  spans.flatMap((span) => {
    const cut = { ...span, start: Math.max(span.start, start), end: Math.min(span.end, end) };
    return cut.end > cut.start ? [cut] : [];
  });

const mayDepend = (later: Span, earlier: Span) =>
  later.call === null || earlier.call === null || later.call === earlier.call;

/**
 * The critical path of a turn, from its end to its start. The path begins with the span that ended last. Each further part is the span that
 * ended last before the previous part began. A gap between two parts is assigned to the span that covers most of the gap. The parts of the
 * path add up to the length of the turn.
 */
export function criticalPath(turn: Turn): Segment[] {
  const { start, end } = turn;
  const byEnd = within(turn).sort((a, b) => a.end - b.end);
  const path: Segment[] = [];
  let at = end;
  let later: Span | null = null;
  for (let i = byEnd.length - 1; i >= 0 && at > start; i--) {
    const span = byEnd[i]!;
    if (span.start >= at || span.end > at + slackMs || (later && !mayDepend(later, span))) continue;
    const upTo = Math.min(span.end, at);
    path.push(...between(upTo, at, byEnd));
    at = span.start;
    path.push({ span, ms: upTo - at });
    later = span;
  }
  path.push(...between(start, at, byEnd));
  return path;
}

/**
 * The segments that fill a gap in the critical path: one for the span that covers most of the gap, and one of unknown time. The list is
 * empty if the gap has length 0.
 */
function between(from: number, to: number, spans: readonly Span[]): Segment[] {
  if (to <= from) return [];
  const covered = (span: Span) => Math.min(span.end, to) - Math.max(span.start, from);
  const most = spans.reduce<Span | null>((best, span) => (best && covered(best) >= covered(span) ? best : span), null);
  const known = most ? Math.max(0, covered(most)) : 0;
  const parts: Segment[] = [
    { span: most, ms: known },
    { span: null, ms: to - from - known },
  ];
  return parts.filter(({ ms }) => ms > 0);
}

/**
 * The length that the turn would have had if the `free` spans had taken no time. Every other span keeps its length, and its distance from
 * the end of its predecessor. The predecessor is the last span that ended before the span began. A tool call does not wait for spans of
 * other tool calls.
 */
export function lengthWithout(turn: Turn, free: (span: Span) => boolean): number {
  const { start, end } = turn;
  const ended = frontier(start);
  const begun = new Map<Span, number>();
  const moments = within(turn)
    .flatMap((span) => [
      { span, at: Math.min(span.start + slackMs, span.end), begins: true },
      { span, at: span.end, begins: false },
    ])
    .sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
  for (const { span, begins } of moments) {
    if (begins) begun.set(span, ended.after(span.call, span.start));
    else {
      const began = begun.get(span) ?? ended.after(span.call, span.start);
      ended.add(span.call, span.end, began + (free(span) ? 0 : span.end - span.start));
    }
  }
  return ended.after(null, end) - start;
}

/**
 * The latest end of a group of spans. `real`: the real end. `would`: the end if the `free` spans had taken no time. The groups are: all
 * spans, the spans without a tool call, and the spans of each tool call.
 */
type Ends = { real: number; would: number };

function frontier(start: number) {
  const none = (): Ends => ({ real: start, would: start });
  const [all, outside] = [none(), none()];
  const calls = new Map<string, Ends>();
  const ofCall = (call: string) => {
    const known = calls.get(call) ?? none();
    calls.set(call, known);
    return known;
  };
  const raise = (ends: Ends, real: number, would: number) => {
    ends.real = Math.max(ends.real, real);
    ends.would = Math.max(ends.would, would);
  };
  return {
    add(call: string | null, real: number, would: number): void {
      raise(all, real, would);
      raise(call === null ? outside : ofCall(call), real, would);
    },
    /** The time at which a span would have begun if the `free` spans had taken no time. `at`: when the span really began. */
    after(call: string | null, at: number): number {
      const before = call === null ? all : outside;
      const own = call === null ? all : ofCall(call);
      return Math.max(start, Math.max(before.would, own.would) + at - Math.max(before.real, own.real));
    },
  };
}
