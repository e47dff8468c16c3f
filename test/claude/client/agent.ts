import { newText, type Script } from './model.ts';
import type { ToolCall, Turn } from './reply.ts';

/** The choices of a scripted agent. */
export type Plan = {
  /** The turns after the brief of scoping: questions and changes of the draft. The agent submits the draft afterwards. */
  scoping(draft: string): Turn[];
  /** The edits of attempt 1, 2, …; after the last one, the agent reports that no hotspot is worth an attempt. */
  fixes: Turn[][];
};

export const bash = (command: string, description = 'perf-gate'): ToolCall => ({
  name: 'Bash',
  input: { command, description, timeout: 600_000 },
});
export const run = (command: string, text = ''): Turn => ({ text, calls: [bash(command)] });

/**
 * An agent that does the work of a stage when it sees its brief, and otherwise only follows the message that it sees. It ends its turn
 * after each step, and continues only if a Stop hook names the next command.
 */
export function agent(plan: Plan): Script {
  const todo: Turn[] = [];
  return (request) => {
    const said = newText(request);
    const verdict = todo.length === 0 ? verdictIn(said) : '';
    if (todo.length === 0) todo.push(...reactionTo(said, plan));
    const turn = todo.shift() ?? { text: verdict ? '' : 'Done.' };
    return { ...turn, text: [verdict, turn.text].filter(Boolean).join(' ') };
  };
}

/** The verdict of perf-gate on an attempt, as one sentence. */
function verdictIn(said: string): string {
  const [, verdict = '', attempt, panel = ''] =
    /(ACCEPTED|REJECTED|INCONCLUSIVE) attempt (\d+)([\s\S]*?)╰/.exec(said) ?? [];
  const [, figures = ''] = /│ (\S+ .* → .*?) {2,}\S.*│|│ (\S+ .* → .*?) *│/.exec(panel) ?? [];
  return verdict && `Attempt ${attempt} was ${verdict.toLowerCase()}${figures && `: ${figures}`}.`;
}

function reactionTo(said: string, plan: Plan): Turn[] {
  for (const [seen, react] of reactions) {
    const match = seen.exec(said);
    if (match) return react(match, plan, draftIn(said));
  }
  return [];
}

type Reaction = (match: RegExpExecArray, plan: Plan, draft: string) => Turn[];

/** The reactions to messages by pattern; the first match counts. */
const reactions: [RegExp, Reaction][] = [
  [
    /^# Scoping: /m,
    (_, plan, draft) => [
      ...plan.scoping(draft),
      run('perf-gate submit'),
      { text: 'The contract is submitted. Please approve it with /perf-gate:approve.' },
    ],
  ],
  [
    /^# Hotspots: /m,
    (_, { fixes }, draft) =>
      fixes.length > 0
        ? [run('perf-gate submit', 'The engine’s order is fine.')]
        : [run(`sed -i 's/^result: .*/result: exhausted/' '${draft}' && perf-gate submit`, 'Nothing is left to try.')],
  ],
  [
    /^# Fix, attempt /m,
    (_, { fixes }, draft) => {
      const fix = fixes.shift();
      const skip = `sed -i 's/^result: .*/result: skipped/' '${draft}' && perf-gate submit`;
      return fix ? [...fix, run('perf-gate submit')] : [run(skip, 'Nothing is worth trying here.')];
    },
  ],
  [/<command-name>\/perf-gate:start<\/command-name>/, () => [run('perf-gate next')]],
  [/<command-name>\/perf-gate:resume<\/command-name>/, () => [run('perf-gate resume --adopt')]],
  [/Stop hook[\s\S]*?\b(perf-gate (?:next|submit|wait)\b[ \w-]*)/, ([, command]) => [run(command!)]],
];

/** The path of the draft in a brief. */
const draftIn = (said: string) => /^ {4}(\S+\.draft\.md)$/m.exec(said)?.[1] ?? '';
