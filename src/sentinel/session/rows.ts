import type { Source, Span } from './span.ts';
import { covered, sourcesOf } from './timeline.ts';

/**
 * The hooks of one event and matcher value (a tool, a source and so on): how often the hooks ran, and how long Claude Code waited for
 * them.
 */
export type EventWait = {
  event: string;
  matched: string | null;
  runs: number;
  wait_ms: number;
  longest_ms: number;
  source: Source;
};

/** How often one hook ran, its total and longest time, and how often it failed. */
export type HookTime = {
  event: string;
  plugin: string | null;
  command: string;
  runs: number;
  ms: number;
  longest_ms: number;
  failed: number;
  source: Source;
};

/** How often one tool was called, and the times of these calls. If only a transcript exists, the times include hooks and permissions. */
export type ToolTime = { tool: string; calls: number; ms: number; source: Source };

/**
 * The waits for hooks, the longest wait first. `exported`: the export's spans, one for each event. Without these spans, events whose hooks
 * ran at the same time for several tools would count as one event.
 */
export function eventWaits(spans: readonly Span[], exported: readonly Span[]): EventWait[] {
  const keyOf = ({ hook }: Span) => hook && JSON.stringify([hook.event, hook.matched]);
  const told = grouped(exported, keyOf);
  return [...grouped(spans, keyOf)]
    .map(([key, group]) => {
      const [event, matched] = JSON.parse(key) as [string, string | null];
      return {
        event,
        matched,
        runs: Math.max(apart(group), told.get(key)?.length ?? 0),
        wait_ms: covered(group),
        longest_ms: longest(group),
        source: sourcesOf(group)[0]!,
      };
    })
    .sort((a, b) => b.wait_ms - a.wait_ms);
}

/** The hooks with individual times, the longest total first. */
export function hookTimes(spans: readonly Span[]): HookTime[] {
  const keyOf = ({ hook }: Span) => (hook?.command ? JSON.stringify([hook.event, hook.plugin, hook.command]) : null);
  return [...grouped(spans, keyOf)]
    .map(([key, group]) => {
      const [event, plugin, command] = JSON.parse(key) as [string, string | null, string];
      return {
        event,
        plugin,
        command,
        runs: group.length,
        ms: total(group),
        longest_ms: longest(group),
        failed: group.filter(({ failed }) => failed).length,
        source: sourcesOf(group)[0]!,
      };
    })
    .sort((a, b) => b.ms - a.ms);
}

/** The tools with their times, the longest total first. */
export function toolTimes(spans: readonly Span[]): ToolTime[] {
  return [...grouped(spans, ({ tool }) => tool?.name ?? null)]
    .map(([tool, group]) => ({ tool, calls: group.length, ms: total(group), source: sourcesOf(group)[0]! }))
    .sort((a, b) => b.ms - a.ms);
}

function grouped(spans: readonly Span[], keyOf: (span: Span) => string | null): Map<string, Span[]> {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const key = keyOf(span);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(span);
    else groups.set(key, [span]);
  }
  return groups;
}

const total = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0);

const longest = (spans: readonly Span[]) => spans.reduce((most, { from, to }) => Math.max(most, to - from), 0);

/** The number of groups of overlapping spans. */
function apart(spans: readonly Span[]): number {
  let [n, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from >= end) n++;
    end = Math.max(end, to);
  }
  return n;
}
