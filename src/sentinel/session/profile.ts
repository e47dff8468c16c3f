import type { Lines } from '../transcripts/lines.ts';
import type { Transcript } from '../transcripts/read.ts';
import type { Fact } from '../transcripts/record.ts';
import { decisions, evidenceOf, sessionIn } from './exported.ts';
import type { Exported } from './otlp.ts';
import { type EventWait, eventWaits, type HookTime, hookTimes, type ToolTime, toolTimes } from './rows.ts';
import type { Evidence, Source, Span } from './span.ts';
import { atMost, covered, mostFaithful, type Part, type Stretch, sourcesOf, timelineOf } from './timeline.ts';
import { betweenTurns, type Turn, turnsOf } from './turns.ts';
import { evidenceOfFacts } from './written.ts';

/**
 * The records from which a session's profile is made. `process`: when the session's process started and ended, in ms since 1970, if
 * perf-gate started the process.
 */
export type Records = {
  transcript: Transcript | null;
  exported: readonly Exported[];
  debugLog: Evidence | null;
  process: { from: number; to: number } | null;
};

/** One part of a session's time. `share`: the part's share of the working time, which is all time except idle time. Null for idle time. */
export type PartTime = { part: Part; ms: number; share: number | null; sources: Source[] };

/** How a session spent its time. Times in ms. `attributed`: the share of the working time that belongs to a known part, from 0 to 1. */
export type Profile = {
  session: string | null;
  client: string | null;
  /** ISO 8601. */
  started: string;
  wall_ms: number;
  working_ms: number;
  attributed: number;
  turns: number;
  parts: PartTime[];
  events: EventWait[];
  hooks: HookTime[];
  tools: ToolTime[];
  /** The parts of the session in the order of time, from the start, without gaps. */
  timeline: { part: Part; at_ms: number; ms: number }[];
  /** Counts of the transcript's lines. Null without a transcript. */
  lines: Lines | null;
  told: Told[];
};

/** The reasons why the times of a profile are less accurate, as codes. */
export type Told =
  /** `silent_hooks_missing`: without a debug log or an export, the profile lacks hooks that succeed and print nothing. */
  | 'silent_hooks_missing'
  /** `no_totals`: Claude Code's totals are missing, so the times of tools and of the model include hooks that print nothing. */
  | 'no_totals'
  | 'no_transcript'
  /** `export_of_another`: the export contains no data about this session. */
  | 'export_of_another'
  /** `no_debug_log`: perf-gate ran the session, but requested no debug log, because the command's first word was not `claude`. */
  | 'no_debug_log'
  /** `own_export`: perf-gate ran the session, but the user's environment sends the export to another receiver. */
  | 'own_export'
  /** `no_export`: perf-gate ran the session, but received no export. */
  | 'no_export';

/** Combines the records of a session into a profile. Null if the records contain no time stamp. */
export function profileOf({ transcript, exported, debugLog, process }: Records): Profile | null {
  const session = transcript?.about.session ?? sessionIn(exported);
  const facts = transcript?.facts ?? [];
  const written = evidenceOfFacts(facts, decisions(exported));
  const sent = evidenceOf(exported, session);
  const known = [...written.spans, ...sent.spans, ...(debugLog?.spans ?? [])];
  const totals = totalsOf(facts);
  const recorded = boundsOf(facts, known, totals);
  if (recorded === null) return null;
  const bounds = process ?? recorded;
  const spans = mostFaithful(known.filter(({ from, to }) => to > bounds.from && from < bounds.to));
  const prompts = (written.prompts.length > 0 ? written.prompts : sent.prompts).filter(
    (t) => t >= bounds.from && t <= bounds.to,
  );
  const turns = turnsOf(prompts, spans, written.signs);
  const started = startedAt(spans, sent.signs, turns, bounds.from);
  const interactive = transcript?.about.interactive ?? false;
  const timeline = heldBy(
    totals,
    timelineOf(spans, betweenTurns(turns, bounds, { started, interactive }), bounds),
    spans,
  );
  const parts = partsOf(timeline, spans);
  const wall_ms = bounds.to - bounds.from;
  const working_ms = wall_ms - msOf(parts, 'idle');
  const unknown = msOf(parts, 'rest') + msOf(parts, 'unrecorded');
  return {
    session,
    client: transcript?.about.version ?? null,
    started: new Date(bounds.from).toISOString(),
    wall_ms,
    working_ms,
    attributed: working_ms > 0 ? 1 - unknown / working_ms : 1,
    turns: turns.length,
    parts: parts.map((part) => ({
      ...part,
      share: part.part === 'idle' ? null : working_ms > 0 ? part.ms / working_ms : 0,
    })),
    events: eventWaits(spans, sent.spans),
    hooks: hookTimes(spans),
    tools: toolTimes(spans),
    timeline: timeline.map(({ part, from, to }) => ({ part, at_ms: from - bounds.from, ms: to - from })),
    lines: transcript?.lines ?? null,
    told: [
      ...(debugLog === null && sent.spans.length === 0 ? (['silent_hooks_missing'] as const) : []),
      ...(sent.spans.length === 0 && totals === null ? (['no_totals'] as const) : []),
      ...(transcript === null ? (['no_transcript'] as const) : []),
      ...(exported.length > 0 && sent.spans.length === 0 ? (['export_of_another'] as const) : []),
    ],
  };
}

type Totals = Extract<Fact, { kind: 'totals' }>;

const totalsOf = (facts: readonly Fact[]): Totals | null =>
  facts.filter((fact): fact is Totals => fact.kind === 'totals').reduce<Totals | null>((a, b) => later(a, b), null);

const later = (a: Totals | null, b: Totals) => (a === null || b.t + b.total >= a.t + a.total ? b : a);

/** If Claude Code's start lies at least this time, in ms, before the session's first recorded time, the start is ignored. */
const START_UP_MS = 5 * 60_000;

/**
 * The start and the end of the session. The start is Claude Code's start, if that time is known and is shortly before the first recorded
 * time. Otherwise, the start is the first recorded time. The end is the last recorded time.
 */
function boundsOf(facts: readonly Fact[], spans: readonly Span[], totals: Totals | null): Turn | null {
  const moments = [
    ...facts.filter(({ kind }) => kind !== 'totals').map(({ t }) => t),
    ...spans.flatMap(({ from, to }) => [from, to]),
  ];
  if (moments.length === 0) return null;
  const [from, to] = moments.reduce(
    ([least, most], t) => [Math.min(least, t), Math.max(most, t)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const isNear = totals !== null && totals.t <= from && from - totals.t < START_UP_MS;
  return isNear ? { from: totals.t, to: Math.max(to, totals.t + totals.total) } : { from, to };
}

/** When Claude Code was ready for the user: after the SessionStart hooks and the loading of plugins, before the first turn. */
function startedAt(spans: readonly Span[], signs: readonly number[], turns: readonly Turn[], from: number): number {
  const first = turns[0]?.from ?? Number.POSITIVE_INFINITY;
  const ends = spans.filter(({ hook }) => hook?.event === 'SessionStart').map(({ to }) => to);
  return [...ends, ...signs].filter((t) => t <= first).reduce((latest, t) => Math.max(latest, t), from);
}

const order: readonly Part[] = [
  'start_up',
  'hook',
  'model',
  'tool',
  'agent',
  'permission',
  'shut_down',
  'unrecorded',
  'rest',
  'idle',
];

type Bare = Omit<PartTime, 'share'>;

const partsOf = (timeline: readonly Stretch[], spans: readonly Span[]): Bare[] =>
  order
    .map((part) => ({
      part,
      ms: timeline.filter((one) => one.part === part).reduce((sum, { from, to }) => sum + to - from, 0),
      sources: sourcesOf(spans.filter(({ kind }) => kind === part)),
    }))
    .filter(({ ms }) => ms > 0);

/** Limits the times of tools and of the model to Claude Code's totals, if only the transcript records these times. */
function heldBy(totals: Totals | null, timeline: readonly Stretch[], spans: readonly Span[]): readonly Stretch[] {
  if (totals === null) return timeline;
  const fromTranscript = (kind: Span['kind']) =>
    spans.filter((span) => span.kind === kind).every(({ source }) => source === 'transcript');
  // Claude Code's total time for tools includes the time of subagents, which is no tool time in a profile.
  const ofAgents = covered(spans.filter(({ kind }) => kind === 'agent'));
  const tools = fromTranscript('tool') ? atMost(timeline, 'tool', Math.max(0, totals.tools - ofAgents)) : timeline;
  return fromTranscript('model') ? atMost(tools, 'model', totals.api) : tools;
}

const msOf = (parts: readonly Bare[], wanted: Part) => parts.find(({ part }) => part === wanted)?.ms ?? 0;
