import { isAbsolute, relative, resolve } from 'node:path';
import type { HookInput } from './input.ts';
import type { Binding, HookState } from './state.ts';

/** The tools that change a file, and the field that names it. */
const editors: Record<string, string> = {
  Edit: 'file_path',
  MultiEdit: 'file_path',
  Write: 'file_path',
  NotebookEdit: 'notebook_path',
};

/** Whether the tool is one that edits a file. */
export const isEditor = (tool: string) => Object.hasOwn(editors, tool);

/** Where the run's project lies, its links followed, what the contract protects in it, and who drives the run. */
type Place = {
  project: string;
  realpath: (path: string) => string;
  /** Asked only of paths that begin as some pattern does: what reads patterns takes longer to load than all the rest. */
  isProtected: (path: string) => Promise<boolean>;
  binding: Binding | undefined;
};

/** Where drafts lie. The rest is the engine’s, and what says who may approve is a person’s. */
const forAnswers = /^\.perf-gate\/local\/[^/]+\/./;

/** Why an edit is refused, or null: said before it costs a measurement. */
export async function refuseEdit(
  input: HookInput,
  state: HookState,
  { project, realpath, isProtected, binding }: Place,
): Promise<string | null> {
  const named = input.toolInput[editors[input.tool] ?? ''];
  if (typeof named !== 'string' || named === '') return null;
  const path = relative(project, realpath(resolve(input.cwd || project, named)));
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return null;
  if (path.startsWith('.perf-gate/'))
    return forAnswers.test(path)
      ? null
      : `${path} is not an agent’s to write. An answer goes into the draft (${state.draft ?? '`perf-gate next` names it'}), and is handed in with \`perf-gate submit\`.`;
  if (state.protected.some((pattern) => beginsLike(path, pattern)) && (await isProtected(path)))
    return `${path} is protected by the contract of the run ${state.run}: an attempt that changes it is rejected without being measured. Find a fix elsewhere; where the file itself is wrong, the user ends the run (/perf-gate:abort) and begins another.`;
  const mine = binding?.run === state.run && binding.session === input.session;
  if (!mine || state.may_edit || state.paused) return null;
  return `The run stands at ${state.stage}, where the project is not edited: only what is changed in the stage fix is measured. Next: \`${state.next}\`.`;
}

/** Whether a pattern could match the path at all: what stands before its first special character is taken as it is. */
function beginsLike(path: string, pattern: string): boolean {
  const [literal = ''] = pattern.replace(/^!?(?:\.\/)+/, '').split(/[\\*?[\]{}()!+@|]/, 1);
  return path.startsWith(literal.replace(/\/+$/, ''));
}
