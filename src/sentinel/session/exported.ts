import { readJsonLines } from '../transcripts/lines.ts';
import { amountIn, type Exported, eventsOf, textIn } from './otlp.ts';
import { type Evidence, plain, type Span } from './span.ts';

/**
 * The events in a file that has one OTLP/JSON body per line.
 * @throws an error whose message is the reason: the file is gone, or not a regular file
 */
export function readExport(file: string): Exported[] {
  const events: Exported[] = [];
  readJsonLines(file, (value) => {
    const found = eventsOf(value);
    for (const event of found) events.push(event);
    return found.length > 0;
  });
  return events;
}

/** The id of the session with the most events. Null if no event contains a session's id. */
export function sessionIn(events: readonly Exported[]): string | null {
  const counts = new Map<string, number>();
  for (const { session } of events) if (session !== null) counts.set(session, (counts.get(session) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

/** The spans and other times of one session in an export. */
export function evidenceOf(all: readonly Exported[], session: string | null): Evidence {
  const events = all.filter((event) => session === null || event.session === session).toSorted((a, b) => a.t - b.t);
  return {
    spans: [...events.flatMap(spansOf), ...retries(events)],
    prompts: events.filter(({ name }) => name === 'user_prompt').map(({ t }) => t),
    signs: events.filter(({ name }) => name === 'plugin_loaded').map(({ t }) => t),
  };
}

/** The spans that follow from one exported event. `hasOwn` is used because an event's name can be `constructor`. */
const spansOf = (event: Exported): Span[] => (Object.hasOwn(readers, event.name) ? readers[event.name]!(event) : []);

const readers: Readonly<Record<string, (event: Exported) => Span[]>> = {
  hook_execution_complete: hooks,
  tool_result: tool,
  api_request: model,
  compaction: model,
};

function hooks(event: Exported): Span[] {
  const ms = amountIn(event, 'total_duration_ms');
  const [name = '', matched = null] = (textIn(event, 'hook_name') ?? '').split(/:(.*)/s);
  const of = textIn(event, 'hook_event') ?? name;
  if (ms === null || of === '' || amountIn(event, 'num_hooks') === 0) return [];
  const failed = ['num_non_blocking_error', 'num_cancelled'].some((key) => (amountIn(event, key) ?? 0) > 0);
  const hook = { event: of, matched: matched || null, plugin: null, command: null };
  return [{ ...plain('hook', event.t - ms, event.t, 'otlp'), failed, hook }];
}

function tool(event: Exported): Span[] {
  const [ms, name] = [amountIn(event, 'duration_ms'), textIn(event, 'tool_name')];
  if (ms === null || name === null) return [];
  const kind = isAgent(name) ? 'agent' : 'tool';
  const call = textIn(event, 'tool_use_id') ?? String(event.t);
  return [{ ...plain(kind, event.t - ms, event.t, 'otlp'), tool: { name, call } }];
}

/**
 * Whether a call of this tool runs a subagent. Such a call is a span of kind `agent`, because the subagent's own work is recorded
 * separately.
 */
export const isAgent = (tool: string): boolean => tool === 'Agent' || tool === 'Task';

function model(event: Exported): Span[] {
  const ms = amountIn(event, 'duration_ms');
  return ms === null ? [] : [plain('model', event.t - ms, event.t, 'otlp')];
}

/** The failed requests to the model, each with the wait until the next attempt. */
function retries(events: readonly Exported[]): Span[] {
  return events.flatMap((event, i) => {
    if (event.name !== 'api_error') return [];
    const next = events.slice(i + 1).find(({ name }) => name === 'api_error' || name === 'api_request');
    const to = next ? Math.max(event.t, next.t - (amountIn(next, 'duration_ms') ?? 0)) : event.t;
    return [plain('model', event.t - (amountIn(event, 'duration_ms') ?? 0), to, 'otlp')];
  });
}

/** The tool calls that a user allowed or forbade, by the id of the call, with the time of the decision. */
export function decisions(events: readonly Exported[]): ReadonlyMap<string, number> {
  const asked = events.filter((event) => event.name === 'tool_decision' && /^user/.test(textIn(event, 'source') ?? ''));
  return new Map(asked.flatMap((event) => [[textIn(event, 'tool_use_id') ?? '', event.t] as const]));
}
