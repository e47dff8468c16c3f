import { fstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isEditor, refuseEdit } from '../agent/hooks/edit.ts';
import { type HookInput, readInput } from '../agent/hooks/input.ts';
import { greet } from '../agent/hooks/session-start.ts';
import { type Binding, type HookState, parseState } from '../agent/hooks/state.ts';
import { decideStop } from '../agent/hooks/stop.ts';
import { speak } from '../agent/hooks/user-prompt.ts';
import { hookFile, runLock } from '../artifact/paths.ts';
import { append, writeNow } from '../core/fs.ts';
import { holderOf } from '../core/lock.ts';
import { readBinding, writeBinding } from '../run/binding.ts';
import { folderAbove } from './folder-above.ts';
import { answers } from './hook/answers.ts';

/**
 * What a client's hook calls: `perf-gate hook stop` with the client's JSON on stdin. Prints one JSON object or nothing, and always ends
 * with 0: a hook that fails must not stand in anybody's way. An entry of the bundle of its own, because it is felt at every turn.
 */
export async function main(argv: string[] = process.argv.slice(2)): Promise<void> {
  const event = argv[1] ?? '';
  if (!Object.hasOwn(events, event)) {
    const { main: whole } = await import('./index.ts');
    return whole(argv);
  }
  const input = readInput(toldOnStdin());
  const folder = process.env.CLAUDE_PROJECT_DIR || input.cwd || process.cwd();
  const project = folderAbove(folder, hookFile) ?? folderAbove(input.cwd || process.cwd(), hookFile);
  try {
    const answer = await events[event as Event]({ input, folder, run: project ? activeIn(project) : undefined });
    if (answer) writeNow(1, `${JSON.stringify(answer)}\n`);
  } catch (error) {
    if (project) note(project, `${event}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** Read without a stream, which takes longer to set up than all the rest; a terminal is not waited for. */
const toldOnStdin = () => (fstatSync(0).isCharacterDevice() ? '' : readFileSync(0, 'utf8'));

/** The active run that an event is about. */
type Active = { project: string; state: HookState; binding: Binding | undefined };
type Happened = { input: HookInput; folder: string; run: Active | undefined };
type Event = 'stop' | 'session-start' | 'user-prompt-submit' | 'user-prompt-expansion' | 'pre-tool-use';

const client = () => process.env.CLAUDE_PID ?? null;

const events: Record<Event, (happened: Happened) => Promise<object | null>> = {
  async stop({ input, run }) {
    if (!run) return null;
    const { project, state, binding } = run;
    const busy = holderOf(runLock(project)) !== undefined;
    const decided = decideStop(input, { state, binding, busy });
    if (decided.binding) writeBinding(project, { ...decided.binding, client: client() ?? decided.binding.client });
    if (decided.kind === 'silent') return null;
    if (decided.kind === 'go on') return answers.goOn(decided.text, input.transcript);
    const { callSelf } = await import('./hook/call-self.ts');
    await callSelf(project, ['pause']);
    return answers.tellUser(decided.text);
  },

  async 'session-start'({ input, run }) {
    // A client that perf-gate itself called for a stage has its brief already.
    if (!run || process.env.PERF_GATE_STAGE) return null;
    const { text, binding } = greet(input, run.state, run.binding, { client: client() });
    if (binding) writeBinding(run.project, binding);
    return answers.context('SessionStart', text);
  },

  async 'user-prompt-submit'({ input, run }) {
    const heard = run?.binding && speak(input, run.binding);
    if (run && heard) writeBinding(run.project, heard);
    return null;
  },

  async 'user-prompt-expansion'({ input, folder, run }) {
    const { typed } = await import('./hook/typed.ts');
    const told = await typed(input, run?.project ?? folder);
    return told === null ? null : answers.context('UserPromptExpansion', told);
  },

  async 'pre-tool-use'({ input, folder, run }) {
    if (input.tool === 'Bash') {
      const { refuseCall } = await import('./hook/approval.ts');
      const reason = await refuseCall(input, run?.project ?? folder);
      return reason === null ? null : answers.deny(reason);
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

/** What cannot be read is no run. */
function activeIn(project: string): Active | undefined {
  const state = parseState(readFileSync(hookFile(project), 'utf8'));
  return state && { project, state, binding: readBinding(project) };
}

/** Links followed as far as there is something; the file itself may be about to be made. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), path.slice(dirname(path).length));
  }
}

function note(project: string, text: string): void {
  try {
    append(join(project, '.perf-gate/local/hooks.log'), `${text}\n`);
  } catch {
    // a log that cannot be written is no reason to disturb anybody
  }
}
