import { isAbsolute, relative, resolve } from 'node:path';
import type { HookInput } from './protocol.ts';
import type { Binding, HookState } from './state.ts';

/** The tools that change a file, and the field of their input that names it. */
const editors: Record<string, string> = {
  Edit: 'file_path',
  MultiEdit: 'file_path',
  Write: 'file_path',
  NotebookEdit: 'notebook_path',
};

/** Whether the tool edits a file. */
export const isEditor = (tool: string) => Object.hasOwn(editors, tool);

type Place = {
  /** Absolute, without links. */
  project: string;
  /** Resolves the links of a path, which need not exist. */
  realpath: (path: string) => string;
  /** Whether the contract protects a path. Called only for paths that begin like some pattern, because loading the matcher is slow. */
  isProtected: (path: string) => Promise<boolean>;
  binding: Binding | undefined;
};

/** The folder of the drafts. The rest of `.perf-gate` belongs to the engine, and its configuration to the user. */
const forAnswers = /^\.perf-gate\/local\/[^/]+\/./;

/** Why an edit is refused; null for one that is allowed. Refusing it now saves the measurement that would reject it. */
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

/** Whether a pattern could match the path: its text before the first special character must be the start of the path. */
function beginsLike(path: string, pattern: string): boolean {
  const [literal = ''] = pattern.replace(/^!?(?:\.\/)+/, '').split(/[\\*?[\]{}()!+@|]/, 1);
  return path.startsWith(literal.replace(/\/+$/, ''));
}
