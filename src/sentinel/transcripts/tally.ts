import { fieldsOf, textOf } from './fields.ts';
import type { About, Fact } from './record.ts';

/** Receives each event of Claude Code that must have occurred according to the transcript, such as `PreToolUse` before a tool call. */
type Came = (event: string, matched: string | null) => void;

type Of<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/** Counts the events of one session, from its facts in the order of the file. */
export function countOf(came: Came): (fact: Fact, about: About) => void {
  const calls = new Map<string, string>();
  const batches = new Set<string>();
  /** The state of the session: not begun, waiting for a prompt, in a turn, or ended. After the end, a user can resume the session. */
  let state: 'new' | 'waits' | 'turn' | 'over' = 'new';

  const counters: { [K in Fact['kind']]?: (fact: Of<K>, about: About) => void } = {
    prompt({ side, typed }) {
      if (side) return;
      if (state === 'new' || state === 'over') came('SessionStart', state === 'new' ? 'startup' : 'resume');
      state = 'turn';
      if (typed) came('UserPromptSubmit', null);
    },
    answer(answer) {
      for (const call of answer.calls) {
        calls.set(call.id, call.tool);
        came('PreToolUse', call.tool);
        if (call.tool === 'Agent' || call.tool === 'Task') came('SubagentStart', agentOf(call.input));
      }
      if (answer.calls.length > 0 && !batches.has(answer.request)) {
        batches.add(answer.request);
        came('PostToolBatch', null);
      }
      if (answer.ends && answer.side) came('SubagentStop', agentOf(null));
      if (!answer.ends || answer.side || state !== 'turn') return;
      state = 'waits';
      came('Stop', null);
    },
    result({ call, asked, denied, failed }) {
      const tool = calls.get(call);
      if (tool === undefined) return;
      calls.delete(call);
      if (asked) came('PermissionRequest', tool);
      if (!denied) came(failed ? 'PostToolUseFailure' : 'PostToolUse', tool);
    },
    compaction({ trigger }) {
      came('PreCompact', trigger);
      came('PostCompact', trigger);
      came('SessionStart', 'compact');
    },
    totals(_, { interactive }) {
      if (state !== 'over') came('SessionEnd', interactive === true ? 'prompt_input_exit' : 'other');
      state = 'over';
    },
  };
  return (fact, about) => (counters[fact.kind] as ((fact: Fact, about: About) => void) | undefined)?.(fact, about);
}

/** The type of a subagent. If the tool's input contains no type, it is the default type. */
const agentOf = (input: unknown): string => textOf(fieldsOf(input)?.subagent_type) ?? 'general-purpose';
