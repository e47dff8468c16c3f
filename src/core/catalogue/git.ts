import { indented } from '../text.ts';

const list = (files: string[]) =>
  indented(files.length > 10 ? [...files.slice(0, 10), `… and ${files.length - 10} more`] : files);

export const gitErrors = {
  not_a_repository: {
    exit: 2,
    message: (f: { cwd: string }) => `${f.cwd} is not inside a git repository.`,
    hint: () => 'perf-gate commits and reverts with git: run `git init` and make a first commit, or pass --cwd DIR.',
  },
  bare_repository: {
    exit: 2,
    message: (f: { cwd: string }) => `${f.cwd} is a bare repository: it has no files to measure.`,
    hint: () => 'Work in a clone or in a linked worktree of it (`git worktree add`).',
  },
  git_missing: {
    exit: 3,
    message: (_: { oldest: string }) => 'The program `git` was not found.',
    hint: (f: { oldest: string }) => `Install git ${f.oldest} or later, and make sure that it is on the PATH.`,
  },
  git_too_old: {
    exit: 3,
    message: (f: { found: string; oldest: string }) =>
      `git ${f.found} is too old: perf-gate needs ${f.oldest} or later.`,
    hint: (f: { found: string; oldest: string }) =>
      `Install git ${f.oldest} or later, and make sure that it comes first on the PATH.`,
  },
  path_not_utf8: {
    exit: 2,
    message: (f: { path: string }) => `The name of the new or changed file ${f.path} is not valid UTF-8.`,
    hint: () => 'Rename the file, add it to a .gitignore, or undo its change.',
  },
  no_commit: {
    exit: 2,
    message: (f: { root: string }) => `The repository ${f.root} has no commit yet.`,
    hint: () => 'Make a first commit: it is the base that every change is measured against.',
  },
  dirty_tree: {
    exit: 2,
    message: (f: { files: string[] }) => `Tracked files have changes that are not committed:${list(f.files)}`,
    hint: () =>
      'Commit the changes, or pass --include-dirty to make these changes the first commit of the run’s branch.',
  },
  git_operation_in_progress: {
    exit: 2,
    message: (f: { operation: string }) => `A ${f.operation} is in progress in this repository.`,
    hint: (f: { operation: string }) => `Finish or abort the ${f.operation} first.`,
  },
  branch_exists: {
    exit: 2,
    message: (f: { branch: string }) => `The branch ${f.branch} exists already.`,
    hint: () =>
      'Delete or rename the branch, use another task text, or pass --no-branch to stay on the current branch.',
  },
  unknown_revision: {
    exit: 2,
    message: (f: { revision: string }) => `“${f.revision}” names no commit in this repository.`,
    hint: () =>
      'Give a branch, a tag or a commit id. In a shallow clone, fetch the commit first. To compare two commands: perf-gate compare -- A -- B.',
  },
  not_in_line: {
    exit: 2,
    message: (f: { good: string; bad: string; swapped: boolean }) =>
      f.good === f.bad
        ? `The good and the bad commit are the same: ${f.good.slice(0, 10)}.`
        : `The good commit ${f.good.slice(0, 10)} is not an ancestor of the bad one, ${f.bad.slice(0, 10)}.`,
    hint: (f: { good: string; bad: string; swapped: boolean }) =>
      f.good === f.bad
        ? 'Give two commits, the older one first.'
        : f.swapped
          ? `The good commit is the newer one. Give the older commit first: perf-gate bisect ${f.bad.slice(0, 10)} ${f.good.slice(0, 10)}`
          : 'The two commits are on branches that diverged: `git merge-base GOOD BAD` prints their common ancestor.',
  },
  untracked_needed: {
    exit: 2,
    message: (f: { files: string[]; failed: string }) =>
      `The contract runs files that are not in the commits, because git does not track them:${list(f.files)}\n${f.failed}`,
    hint: () =>
      'Commit these files, or list them in `guards.protected`: then both commits are measured with the files of this work tree.',
  },
  branch_moved: {
    exit: 3,
    message: (f: { branch: string; expected: string; found: string }) =>
      `The branch ${f.branch} moved while perf-gate was measuring: expected ${f.expected}, found ${f.found}.`,
    hint: () => 'Nothing was changed. Move the branch back, or finish this run and start a new one from the new tip.',
  },
  branch_changed: {
    exit: 3,
    message: (f: { expected: string; found: string }) =>
      `Another branch is checked out: expected ${f.expected}, found ${f.found}.`,
    hint: (f: { expected: string; found: string }) => `Nothing was changed. Check out ${f.expected} and try again.`,
  },
  path_outside: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} is not a path inside the repository.`,
    hint: () => 'Give a relative path without `..`, for example `perf`.',
  },
  no_such_attempt: {
    exit: 2,
    message: (f: { attempt: number; run: string }) => `The run ${f.run} has no attempt ${f.attempt}.`,
    hint: () => '`perf-gate attempts` lists the attempts.',
  },
  attempt_not_accepted: {
    exit: 2,
    message: (f: { attempt: number }) =>
      `Attempt ${f.attempt} has no commit to undo: it was not accepted, or it was undone already.`,
    hint: () => '`perf-gate attempts` shows the verdict of each attempt.',
  },
  would_overwrite: {
    exit: 2,
    message: (f: { files: string[] }) =>
      `Later commits changed these files too, and undoing the commit of this attempt would overwrite their changes:${list(f.files)}`,
    hint: () => 'Undo the later commits first, beginning with the newest one. Nothing was changed.',
  },
  submodule_moved: {
    exit: 2,
    message: (f: { path: string }) => `The change moves the submodule ${f.path} to another commit.`,
    hint: () => 'Commit this change outside of perf-gate, which measures submodules as plain files.',
  },
  arm_leads_back: {
    exit: 3,
    message: (f: { path: string; target: string }) =>
      `${f.path} points back into the project (${f.target}), so a copy of the project would run the original code.`,
    hint: () => 'Use `isolation: worktree` with a `repro.setup` that makes a fresh environment in each arm.',
  },
  index_locked: {
    exit: 3,
    message: (f: { file: string }) =>
      `The lock file ${f.file} exists: another git process is running, or a killed one left it behind.`,
    hint: (f: { file: string }) =>
      `Wait for that process. If no git process runs, remove ${f.file}. Then run \`perf-gate resume\`; no work is lost or repeated.`,
  },
  filter_failed: {
    exit: 3,
    message: (f: { reason: string }) => `A filter that .gitattributes names failed:${indented(f.reason.trim())}`,
    hint: () =>
      'Install the filter. For Git LFS, `git lfs version` must work. Without this filter, git cannot read the files.',
  },
  object_missing: {
    exit: 3,
    message: (f: { object: string; command: string }) =>
      `This clone is partial: git lacks the object ${f.object}, and cannot fetch it from the remote now (${f.command}).`,
    hint: () =>
      'Try again when the network works, or fetch everything once: `git fetch --refetch --no-filter` and `git sparse-checkout disable`.',
  },
  git_failed: {
    exit: 3,
    message: (f: { command: string; stderr: string }) => `git failed: ${f.command}${indented(f.stderr.trim())}`,
    hint: () => 'Run this git command by hand to find the cause. Your files were not changed.',
  },
  git_settings_changed: {
    exit: 3,
    message: (f: { settings: string[] }) =>
      `Settings of git have changed since the contract was approved:${indented(f.settings)}`,
    hint: () =>
      'Such settings decide what git writes at a checkout and what git commits. Restore the settings, or abort the run and start again with the new settings.',
  },
} as const;
