import type { Fact } from '../transcripts/record.ts';
import { isAgent } from './exported.ts';
import { type Evidence, plain, type Span } from './span.ts';

type Of<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/**
 * The spans that follow from the facts of a transcript, in the order of time. `decided`: the time at which a user allowed or forbade a
 * call, if this time is known.
 */
export function evidenceOfFacts(facts: readonly Fact[], decided: ReadonlyMap<string, number>): Evidence {
  const of = <K extends Fact['kind']>(kind: K) => facts.filter((fact): fact is Of<K> => fact.kind === kind);
  const main = of('prompt').filter(({ side }) => !side);
  const asked = new Map(of('request').map(({ id, t }) => [id, t] as const));
  return {
    spans: [
      ...of('hook').flatMap(hook),
      ...of('stop_hooks').flatMap(stopHooks),
      ...calls(of('answer'), of('result'), decided),
      ...answers(
        facts.filter((fact) => 'side' in fact && !fact.side),
        asked,
      ),
      ...answers(
        facts.filter((fact) => 'side' in fact && fact.side),
        asked,
      ),
    ],
    prompts: main.map(({ t }) => t),
    signs: facts.filter(({ kind }) => kind !== 'totals' && kind !== 'hook').map(({ t }) => t),
  };
}

function hook({ t, event, matched, command, ms, failed }: Of<'hook'>): Span[] {
  if (ms === null) return [];
  return [{ ...plain('hook', t - ms, t, 'transcript'), failed, hook: { event, matched, plugin: null, command } }];
}

/** The Stop hooks of a turn. They began together, and the record was written when the slowest hook had ended. */
function stopHooks({ t, side, hooks }: Of<'stop_hooks'>): Span[] {
  const begun = t - Math.max(0, ...hooks.map(({ ms }) => ms));
  const event = side ? 'SubagentStop' : 'Stop';
  return hooks.map(({ command, ms }) => ({
    ...plain('hook', begun, begun + ms, 'stop_summary'),
    hook: { event, matched: null, plugin: null, command },
  }));
}

/**
 * The tool calls, each from the call to the result. The span of a call contains the tool's own time, the waits before it, and the waits
 * after it.
 */
function calls(
  answers: readonly Of<'answer'>[],
  results: readonly Of<'result'>[],
  decided: ReadonlyMap<string, number>,
): Span[] {
  const ended = new Map(results.map((result) => [result.call, result] as const));
  return answers.flatMap(({ t, calls }) =>
    calls.flatMap(({ id, tool }): Span[] => {
      const result = ended.get(id);
      if (!result || result.t < t) return [];
      const kind = isAgent(tool) ? 'agent' : 'tool';
      const at = decided.get(id);
      const asked = at === undefined ? [] : [plain('permission', t, Math.max(t, at), 'otlp')];
      return [
        ...asked,
        { ...plain(kind, t, result.t, 'transcript'), failed: result.failed, tool: { name: tool, call: id } },
      ];
    }),
  );
}

/**
 * The work of the model: one span for each part of an answer. A span begins with the request to the model or, if the request is unknown,
 * with the previous prompt, result or part.
 */
function answers(chain: readonly Fact[], asked: ReadonlyMap<string, number>): Span[] {
  const steps = chain.filter(({ kind }) => kind === 'prompt' || kind === 'result' || kind === 'answer');
  return steps.flatMap((step, i) => {
    const before = steps[i - 1];
    if (step.kind !== 'answer' || !before) return [];
    const since = asked.get(step.asked ?? '') ?? before.t;
    return [plain('model', Math.min(step.t, Math.max(before.t, since)), step.t, 'transcript')];
  });
}
