import type { Lines } from '../../sentinel/transcripts/lines.ts';
import { readTranscript } from '../../sentinel/transcripts/read.ts';
import type { Fact } from '../../sentinel/transcripts/record.ts';
import type { MonitorEvent } from '../event.ts';
import { nameFrom } from '../otlp/body.ts';
import { hookEvents } from './hook-run.ts';
import { testRunner } from './test-runner.ts';

/**
 * The events of a transcript. The events of hooks are separate, in `hooks`, because hooks are stored even if telemetry has all other
 * events.
 */
export type FromTranscript = { events: MonitorEvent[]; hooks: MonitorEvent[]; session: string | null; lines: Lines };

/**
 * Reads a transcript of the client and the transcripts of its subagents. The result contains no text of the conversation. It contains the
 * names of scripts, but no whole commands. @throws an error with the reason as its message, if the file does not exist or is not a regular
 * file
 */
export function eventsOfTranscript(file: string, subagents: readonly string[]): FromTranscript {
  const { about, facts, lines } = readTranscript(file, subagents);
  const session = nameFrom(about.session) || null;
  if (session === null) return { events: [], hooks: [], session, lines };
  const toEvent = hookEvents(session, about.cwd);
  const of = { session, prompt: null, project: about.cwd, plugin: '', handler_hash: '', source: 'transcript' as const };
  return {
    session,
    lines,
    hooks: facts.flatMap((fact) => hookRuns(fact).map(toEvent)),
    events: [
      ...callsIn(facts).map((call) => ({ ...of, ...call, identity: `${session} ${call.identity}` })),
      ...facts.flatMap(turnsIn).map((turn) => ({ ...of, ...turn, identity: `${session} ${turn.name} ${turn.t}` })),
    ],
  };
}

function hookRuns(fact: Fact) {
  if (fact.kind === 'hook') return [{ ...fact, plugin: null, source: 'transcript' as const }];
  if (fact.kind !== 'stop_hooks') return [];
  const of = { t: fact.t, event: fact.side ? 'SubagentStop' : 'Stop', matched: null, plugin: null, failed: false };
  return fact.hooks.map(({ command, ms }) => ({ ...of, command, ms, source: 'stop_summary' as const }));
}

type Bare = Pick<MonitorEvent, 't' | 'kind' | 'name' | 'duration_ms' | 'ok' | 'attributes'>;

/**
 * The events of tool calls, and of test runs that a shell tool executed. The time from a call to its result includes hooks and the wait for
 * permission, so this time is longer than the tool's own time.
 */
function callsIn(facts: readonly Fact[]): (Bare & { identity: string })[] {
  const begun = new Map<string, { tool: string; t: number; runner: string | null }>();
  return facts.flatMap((fact) => {
    if (fact.kind === 'answer')
      for (const { id, tool, input } of fact.calls) begun.set(id, { tool, t: fact.t, runner: runnerIn(tool, input) });
    const call = fact.kind === 'result' ? begun.get(fact.call) : undefined;
    if (fact.kind !== 'result' || !call) return [];
    const call_ms = Math.max(0, fact.t - call.t);
    const ok = fact.denied ? null : !fact.failed;
    const of = { t: fact.t, ok, identity: nameFrom(fact.call) };
    return [
      {
        ...of,
        kind: 'tool' as const,
        name: nameFrom(call.tool) || '(unnamed)',
        duration_ms: null,
        attributes: { call_ms },
      },
      ...(call.runner === null || fact.denied
        ? []
        : [
            {
              ...of,
              kind: 'test' as const,
              name: `${call.runner}, called by agents`,
              duration_ms: call_ms,
              attributes: { what: 'call' },
            },
          ]),
    ];
  });
}

const runnerIn = (tool: string, input: unknown) =>
  tool === 'Bash' && typeof input === 'object' && input !== null && 'command' in input
    ? testRunner(input.command)
    : null;

function turnsIn(fact: Fact): Bare[] {
  const of = { t: fact.t, kind: 'turn' as const, duration_ms: null, ok: null };
  if (fact.kind === 'prompt' && !fact.side)
    return [{ ...of, name: 'prompt', attributes: { prompt_length: fact.text.length } }];
  return fact.kind === 'compaction' ? [{ ...of, name: 'compaction', attributes: {} }] : [];
}
