import { failure } from '../core/errors.ts';
import { runAlong } from '../core/exec.ts';
import { writeDurable } from '../core/fs.ts';
import { findProgram } from '../core/locate.ts';
import { lastLines } from '../core/text.ts';
import type { World } from '../core/world.ts';
import type { Budget, Reading, Scope } from './adapter.ts';
import { type AgentName, agents } from './agents.ts';
import { type Answer, actorEnvironment, type Task } from './command.ts';

/** `maySkip`: an agent whose budget does not suffice has skipped the stage; elsewhere it has failed. */
export type Job = { task: Task; budget: Budget; scope: Scope; maySkip: boolean; transcript: string };

/** How the agent answered, and what it used up. */
export type Answered = { answer: Answer } & Pick<Reading, 'turns' | 'cost_usd'>;

/** Throws `agent_missing` where the client is not installed. */
export function mustBeInstalled(name: AgentName, env: NodeJS.ProcessEnv): void {
  const { program, install } = agents[name];
  if (!findProgram(program, env)) throw failure('agent_missing', { agent: name, program, install });
}

/**
 * Lets an installed coding agent do a stage, and keeps what it said, redacted.
 * @throws agent_missing
 * @throws agent_failed: it ended otherwise than well
 */
export async function runHeadless(
  name: AgentName,
  { task, budget, scope, maySkip, transcript }: Job,
  world: World,
  redact: (text: string) => string,
): Promise<Answered> {
  mustBeInstalled(name, world.env);
  const { program, args, read } = agents[name];
  const ended = await runAlong(program, args(budget, scope), {
    cwd: task.project,
    env: withoutSession(actorEnvironment(task, world.env)),
    input: `${PREFACE}\n\n${task.brief.text}`,
    timeoutMs: budget.max_minutes * 60_000,
    signal: world.signal,
    aliveFile: task.aliveFile,
  });
  writeDurable(transcript, redact(ended.stdout));
  if (world.signal.aborted) throw failure('interrupted');
  const told = read(ended.stdout, ended.exitCode);
  const limit = ended.timedOut ? 'time (agent.max_minutes)' : told.limit;
  const used = { turns: told.turns, cost_usd: told.cost_usd };
  if (limit && maySkip) {
    world.notify({ kind: 'note', text: `${name} reached its limit of ${limit}; the ${task.stage} counts as skipped.` });
    return { answer: 'skipped', ...used };
  }
  const failed = ended.exitCode === 0 ? null : (ended.signal ?? `exit code ${ended.exitCode}\n${ended.stderr}`);
  const reason = limit ? `it reached its limit of ${limit}` : (told.error ?? failed);
  if (reason === null) return { answer: 'done', ...used };
  throw failure('agent_failed', { agent: name, stage: task.stage, reason: lastLines(redact(reason)), transcript });
}

/** What goes before the brief, which is written for whoever can call perf-gate. */
const PREFACE = `You do one stage of a perf-gate run, alone: nobody can answer questions. perf-gate itself calls you and waits for you to end, so leave out every step of the brief below that calls \`perf-gate\`: do the work, edit the draft that it names (it is valid as it is; keep its frontmatter), and end. The draft is handed in for you. You cannot approve anything, and do not commit.`;

/** A client that runs inside another one believes itself part of that session; these variables say so. */
const sessionVariables =
  /^(CLAUDECODE|CLAUDE_PID|CLAUDE_EFFORT|CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_\w+|CLAUDE_CODE_(SESSION_ID|CHILD_SESSION|ENTRYPOINT))$/;

function withoutSession(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !sessionVariables.test(name)));
}
