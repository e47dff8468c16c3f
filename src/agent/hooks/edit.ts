import { isAbsolute, relative, resolve } from 'node:path';
import type { HookInput } from './protocol.ts';
import type { Binding, HookState } from './state.ts';

/** The tools that change a file. In the input of the tool `Edit`, for example, the field `file_path` holds the file's name. */
const editors: Record<string, string> = {
  Edit: 'file_path',
  MultiEdit: 'file_path',
  Write: 'file_path',
  NotebookEdit: 'notebook_path',
};

export const isEditor = (tool: string) => Object.hasOwn(editors, tool);

type Place = {
  /** The project's root, as an absolute path without symbolic links. */
  project: string;
  /** Resolves symbolic links in a path; the path need not exist. */
  realpath: (path: string) => string;
  /**
   * Whether the contract protects a path. This function loads the pattern matcher, which is slow. So it is called only for paths that a
   * pattern could match.
   */
  isProtected: (path: string) => Promise<boolean>;
  binding: Binding | undefined;
};

/** Matches the drafts, the only files in `.perf-gate` that an agent may write. */
const forAnswers = /^\.perf-gate\/local\/[^/]+\/./;

/**
 * The text that refuses an edit. Null if the edit is allowed. Without this early refusal, perf-gate would reject the edit only after the
 * agent has submitted it.
 */
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
      : `An agent must not write ${path}. Write into the draft (${state.draft ?? '`perf-gate next` names it'}) instead, and submit the draft with \`perf-gate submit\`.`;
  if (state.protected.some((pattern) => beginsLike(path, pattern)) && (await isProtected(path)))
    return `${path} is protected by the contract of the run ${state.run}: an attempt that changes it is rejected without a measurement. Find a fix elsewhere. If the file itself is wrong, the user can end the run (/perf-gate:abort), correct the file and begin another run.`;
  const mine = binding?.run === state.run && binding.session === input.session;
  if (!mine || state.may_edit || state.paused) return null;
  return `Do not edit the project in the stage ${state.stage} of the run: perf-gate measures only changes that are made in the stage fix. Next: \`${state.next}\`.`;
}

/** Whether a pattern could match the path: the path must start with the pattern's text before its first special character. */
function beginsLike(path: string, pattern: string): boolean {
  const [literal = ''] = pattern.replace(/^!?(?:\.\/)+/, '').split(/[\\*?[\]{}()!+@|]/, 1);
  return path.startsWith(literal.replace(/\/+$/, ''));
}
