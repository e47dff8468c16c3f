import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isEditor, refuseEdit } from '../agent/hooks/edit.ts';
import { answers, type HookEvent, type HookInput, readInput } from '../agent/hooks/protocol.ts';
import { greet, speak } from '../agent/hooks/session.ts';
import { type Binding, type HookState, parseState } from '../agent/hooks/state.ts';
import { decideStop } from '../agent/hooks/stop.ts';
import { hookFile, runLock } from '../artifact/paths.ts';
import { append, writeNow } from '../core/fs.ts';
import { holderOf } from '../core/lock.ts';
import { readStdin } from '../core/stdin.ts';
import { readUserText } from '../core/user-file.ts';
import { readBinding, writeBinding } from '../run/binding.ts';
import { folderAbove } from './folder-above.ts';

/**
 * Runs `perf-gate hook stop`, and the same command for other events. The client calls it as a hook, with JSON on stdin. Prints one JSON
 * object or nothing. The exit code is always 0, because a hook that fails must not block the client. This file is a separate entry of the
 * bundle, because hooks run at every turn of an agent and must start fast.
 */
export async function main(argv: string[] = process.argv.slice(2)): Promise<void> {
  const event = argv[1] ?? '';
  if (!Object.hasOwn(handlers, event)) {
    const { main: whole } = await import('./index.ts');
    await whole(argv);
    process.exitCode = 0; // a client may treat any other exit code as a refusal
    return;
  }
  let project: string | undefined;
  try {
    const input = readInput(readStdin());
    const folder = process.env.CLAUDE_PROJECT_DIR || input.cwd || process.cwd();
    project = folderAbove(folder, hookFile) ?? folderAbove(input.cwd || process.cwd(), hookFile);
    const answer = await handlers[event as HookEvent]({ input, folder, run: project ? activeIn(project) : undefined });
    if (answer) writeNow(1, `${JSON.stringify(answer)}\n`);
  } catch (error) {
    if (project) log(project, `${event}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** The active run of the project in which an event happened. */
type Active = { project: string; state: HookState; binding: Binding | undefined };
type Call = { input: HookInput; folder: string; run: Active | undefined };

const client = () => process.env.CLAUDE_PID ?? null;

/**
 * For each event, a function that returns the object to print, or null for no output. The handlers of rare events load their code only when
 * they are called.
 */
const handlers: Record<HookEvent, (call: Call) => Promise<object | null>> = {
  async stop({ input, run }) {
    if (!run) return null;
    const { project, state, binding } = run;
    const busy = holderOf(runLock(project)) !== undefined;
    const decided = decideStop(input, { state, binding, busy });
    if (decided.binding) writeBinding(project, { ...decided.binding, client: client() ?? decided.binding.client });
    if (decided.kind === 'silent') return null;
    if (decided.kind === 'go on') return answers.goOn(decided.text, startOf(input.transcript));
    await callSelf(project, ['pause'], process.env);
    return answers.tellUser(decided.text);
  },

  async 'session-start'({ input, run }) {
    // A client that perf-gate started for a stage already has the brief of that stage.
    if (!run || process.env.PERF_GATE_STAGE) return null;
    const { text, binding } = greet(input, run.state, run.binding, { client: client() });
    if (binding) writeBinding(run.project, binding);
    return answers.context('session-start', text);
  },

  async 'user-prompt-submit'({ input, run }) {
    const heard = run?.binding && speak(input, run.binding);
    if (run && heard) writeBinding(run.project, heard);
    return null;
  },

  async 'user-prompt-expansion'({ input, folder, run }) {
    const { typedCommand } = await import('../agent/hooks/typed-command.ts');
    const command = typedCommand(input);
    if (!command) return null;
    const env = { ...process.env, CLAUDE_CODE_SESSION_ID: input.session || undefined };
    const output = await callSelf(run?.project ?? folder, command.args, env);
    return answers.context('user-prompt-expansion', command.told(output));
  },

  async 'pre-tool-use'({ input, folder, run }) {
    if (input.tool === 'Bash') {
      const { refuseApproval } = await import('../agent/hooks/approval-call.ts');
      const reason = refuseApproval(input);
      return reason === null || (await mayApprove(run?.project ?? folder)) ? null : answers.deny(reason);
    }
    if (!run || !isEditor(input.tool)) return null;
    const reason = await refuseEdit(input, run.state, {
      project: realpathSync(run.project),
      realpath: realPath,
      isProtected: async (path) => (await import('../contract/protects.ts')).isProtected(run.state.protected, path),
      binding: run.binding,
    });
    return reason === null ? null : answers.deny(reason);
  },
};

/** The active run of a project. Undefined if the run's state cannot be read. */
function activeIn(project: string): Active | undefined {
  const state = parseState(readUserText(hookFile(project)));
  return state && { project, state, binding: readBinding(project) };
}

/** Runs another perf-gate command with `--json` in a new process. Returns its JSON output, or `{}` if it printed no JSON. */
async function callSelf(
  cwd: string,
  [command, ...args]: [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<Record<string, unknown>> {
  const { run } = await import('../core/exec.ts');
  const { stdout } = await run(process.execPath, [process.argv[1]!, command, '--json', ...args], { cwd, env });
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/**
 * Whether the committed configuration lets an agent approve. False if the configuration cannot be read. The command `approve` checks the
 * configuration again.
 */
async function mayApprove(project: string): Promise<boolean> {
  const [{ agentMayApprove }, { openRepo }] = await Promise.all([
    import('../record/config.ts'),
    import('../git/repo.ts'),
  ]);
  try {
    return await agentMayApprove(await openRepo(project), 'HEAD');
  } catch {
    return false;
  }
}

/** The file's path with symbolic links resolved. If the file is missing, the links in the existing part of the path are resolved. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), path.slice(dirname(path).length));
  }
}

/** The first 16 KB of a file. Empty if the file cannot be read. */
function startOf(file: string): string {
  try {
    const fd = openSync(file, 'r');
    const bytes = Buffer.alloc(16_384);
    const length = readSync(fd, bytes);
    closeSync(fd);
    return bytes.toString('utf8', 0, length);
  } catch {
    return '';
  }
}

function log(project: string, text: string): void {
  try {
    append(join(project, '.perf-gate/local/hooks.log'), `${text}\n`);
  } catch {
    // a missing log line is better than an error in the client
  }
}
