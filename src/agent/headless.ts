import { failure } from '../core/errors.ts';
import { runAlong } from '../core/exec.ts';
import { writeDurable } from '../core/fs.ts';
import { findProgram } from '../core/locate.ts';
import { lastLines } from '../core/text.ts';
import type { World } from '../core/world.ts';
import type { Budget, Reading, Scope } from './adapter.ts';
import { type AgentName, agents } from './agents.ts';
import { type Answer, actorEnvironment, type Task } from './command.ts';

/**
 * The work of an agent in one stage. `maySkip`: whether the stage counts as skipped if the agent reaches a limit; otherwise it counts as
 * failed.
 */
export type Job = { task: Task; budget: Budget; scope: Scope; maySkip: boolean; transcript: string };

/** The result of the agent's work, with the number of turns and the cost. */
export type Answered = { answer: Answer } & Pick<Reading, 'turns' | 'cost_usd'>;

/** @throws agent_missing: the client is not installed */
export function mustBeInstalled(name: AgentName, env: NodeJS.ProcessEnv): void {
  const { program, install } = agents[name];
  if (!findProgram(program, env)) throw failure('agent_missing', { agent: name, program, install });
}

/**
 * Runs an installed coding agent for one stage, and keeps its transcript, redacted.
 * @throws agent_missing
 * @throws agent_failed: the agent reported an error, or reached a limit
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
    world.notify({
      kind: 'note',
      text: `${name} reached its limit of ${limit}, so the stage ${task.stage} counts as skipped.`,
    });
    return { answer: 'skipped', ...used };
  }
  const failed = ended.exitCode === 0 ? null : (ended.signal ?? `exit code ${ended.exitCode}\n${ended.stderr}`);
  const reason = limit ? `the agent reached its limit of ${limit}` : (told.error ?? failed);
  if (reason === null) return { answer: 'done', ...used };
  throw failure('agent_failed', { agent: name, stage: task.stage, reason: lastLines(redact(reason)), transcript });
}

/**
 * The beginning of the prompt, before the brief. The brief also names steps that call perf-gate, and this text tells the agent to skip
 * them.
 */
const PREFACE = `You do one stage of a perf-gate run alone: no person can answer questions. perf-gate calls you and waits until you end. Skip every step of the brief below that calls \`perf-gate\`. Do the work, edit the draft that the brief names, and end. The draft is already valid; keep its frontmatter. perf-gate submits the draft for you. Do not commit. You cannot approve anything.`;

/** Environment variables by which a client recognises that another client's session started it. */
const sessionVariables =
  /^(CLAUDECODE|CLAUDE_PID|CLAUDE_EFFORT|CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_\w+|CLAUDE_CODE_(SESSION_ID|CHILD_SESSION|ENTRYPOINT))$/;

function withoutSession(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !sessionVariables.test(name)));
}
