import { newText, type Script } from './model.ts';
import type { ToolCall, Turn } from './reply.ts';

/** What a scripted agent would do where the run leaves it free. */
export type Plan = {
  /** After the brief of scoping: questions, changes of the draft; it is handed in afterwards. */
  scoping(draft: string): Turn[];
  /** The edits of attempt 1, 2, …; when they are used up nothing is left worth trying. */
  fixes: Turn[][];
};

export const bash = (command: string, description = 'perf-gate'): ToolCall => ({
  name: 'Bash',
  input: { command, description, timeout: 600_000 },
});
export const run = (command: string, text = ''): Turn => ({ text, calls: [bash(command)] });

/**
 * An agent that does the work of a stage when it sees its brief, and otherwise nothing but what it is told by the message that it
 * sees: after each step it ends its turn. Only a Stop hook that tells the next command makes it go on.
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

/** What perf-gate said of an attempt, in one sentence. */
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

/** The first that fits. */
const reactions: [RegExp, Reaction][] = [
  [
    /^# Scoping: /m,
    (_, plan, draft) => [
      ...plan.scoping(draft),
      run('perf-gate submit'),
      { text: 'The contract is handed in. Please approve it with /perf-gate:approve.' },
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

/** The draft that a brief names. */
const draftIn = (said: string) => /^ {4}(\S+\.draft\.md)$/m.exec(said)?.[1] ?? '';
