import { indented } from '../text.ts';
import { moment } from '../units.ts';

export const runErrors = {
  usage: {
    exit: 2,
    message: (f: { problem: string; hint: string }) => f.problem,
    hint: (f: { problem: string; hint: string }) => f.hint,
  },
  unsupported_platform: {
    exit: 2,
    message: (f: { platform: string }) => `perf-gate does not run on ${f.platform}.`,
    hint: () => 'It runs on Linux and macOS; on Windows use WSL.',
  },
  run_active: {
    exit: 2,
    message: (f: { run: string; stage: string }) => `The run ${f.run} is active in this work tree (stage ${f.stage}).`,
    hint: () => 'Go on with `perf-gate resume`, or end it with `perf-gate abort`; then start again.',
  },
  other_project_active: {
    exit: 2,
    message: (f: { run: string; project: string }) =>
      `The run ${f.run} of another project in this work tree is active: ${f.project}.`,
    hint: (f: { run: string; project: string }) =>
      `Both would work on one branch and the same files. End it (\`perf-gate abort --cwd ${f.project}\`), or work in a tree of your own: \`git worktree add\`.`,
  },
  run_locked: {
    exit: 2,
    message: (f: { pid: number; what: string; since: string }) =>
      `Another perf-gate process works here since ${moment(f.since)}: pid ${f.pid} (perf-gate ${f.what}).`,
    hint: (f: { pid: number }) =>
      `\`perf-gate wait\` waits for it, and \`kill ${f.pid}\` stops it in good order: a run resumes where it was.`,
  },
  background_died: {
    exit: 3,
    message: (f: { pid: number; stage: string; log: string }) =>
      `The process in the background (pid ${f.pid}) was killed in the stage ${f.stage}; its log is ${f.log}.`,
    hint: () => 'What it had recorded was kept: `perf-gate resume --detach` goes on where it stopped.',
  },
  background_refused: {
    exit: 3,
    message: (f: { log: string; output: string }) =>
      `The process in the background ended before it began to work (${f.log}):\n${f.output}`,
    hint: () => 'Mend what it names; `perf-gate next` in the foreground tells the same.',
  },
  nothing_to_wait_for: {
    exit: 2,
    message: (f: { stage: string }) => `Nobody works on the run: it stands at ${f.stage}.`,
    hint: () => '`perf-gate next` goes on with it; with --detach in the background.',
  },
  no_run: {
    exit: 2,
    message: (f: { project: string }) => `There is no run in ${f.project}.`,
    hint: () => 'Begin one with `perf-gate start "what should be faster"`.',
  },
  no_active_run: {
    exit: 2,
    message: (f: { run: string; ended: string }) => `The run ${f.run} has ended (${f.ended}).`,
    hint: () => '`perf-gate show` tells its story; `perf-gate start "…"` begins another.',
  },
  unknown_run: {
    exit: 2,
    message: (f: { run: string; near: string }) =>
      `There is no run “${f.run}”${f.near ? `; did you mean ${f.near}?` : '.'}`,
    hint: () => '`perf-gate list` shows the runs of this project.',
  },
  run_is_comparison: {
    exit: 2,
    message: (f: { comparison: string }) => `${f.comparison} is a comparison, and this command takes a run.`,
    hint: (f: { comparison: string }) => `\`perf-gate show ${f.comparison}\` prints it.`,
  },
  run_unreadable: {
    exit: 3,
    message: (f: { file: string; reason: string }) => `The run cannot be read: ${f.reason} (${f.file}).`,
    hint: () => 'Restore the file from a backup, or begin a new run; nothing was changed.',
  },
  journal_damaged: {
    exit: 3,
    message: (f: { file: string; line: number }) => `The journal does not fit together at line ${f.line} of ${f.file}.`,
    hint: () =>
      'It was changed or damaged. `perf-gate abort` sets it aside under another name (nothing is deleted) so that you can start again.',
  },
  machine_too_new: {
    exit: 3,
    message: (f: { run: string; version: number; known: number }) =>
      `The run ${f.run} was made by another version of perf-gate (machine ${f.version}, this one knows ${f.known}).`,
    hint: () => 'Finish it with the version that began it, or abort it.',
  },
  wrong_stage: {
    exit: 2,
    message: (f: { command: string; stage: string; needs: string }) =>
      `\`${f.command}\` does not fit the stage ${f.stage}: it needs ${f.needs}.`,
    hint: () => '`perf-gate status` tells what comes next.',
  },
  artifact_missing: {
    exit: 2,
    message: (f: { file: string }) => `There is no artifact to submit at ${f.file}.`,
    hint: () => '`perf-gate next` writes a draft to fill in; or name a file: `perf-gate submit FILE`.',
  },
  artifact_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The artifact ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'It is Markdown with YAML frontmatter between two lines of `---`.',
  },
  artifact_invalid: {
    exit: 2,
    message: (f: { file: string; field: string; expected: string; found: string }) =>
      `The artifact ${f.file} is not valid: \`${f.field}\` should be ${f.expected}, found ${f.found}.`,
    hint: () => 'Correct the field and submit again; nothing was changed.',
  },
  artifact_stale: {
    exit: 2,
    message: (f: { file: string; found: string; epoch: number }) =>
      `The artifact ${f.file} is stale: \`epoch\` is ${f.found}, the run is at epoch ${f.epoch}.`,
    hint: () => '`perf-gate next` shows the current brief and writes a fresh draft.',
  },
  approval_by_person: {
    exit: 2,
    message: () => 'A contract is approved by a person, not by an artifact with `result: approved`.',
    hint: () => 'Submit it with `result: pending`; the user approves with `perf-gate approve` in a terminal.',
  },
  nothing_to_approve: {
    exit: 2,
    message: () => 'There is no contract to approve yet.',
    hint: () => 'Submit one (`perf-gate submit FILE`), or start with `--contract FILE`.',
  },
  contract_needed: {
    exit: 2,
    message: () => 'A contract is needed, and there is no terminal to ask in.',
    hint: () =>
      'Pass --contract FILE (`perf-gate schema` prints its form), run in a terminal, or let an agent submit one: --agent inline.',
  },
  contract_changed: {
    exit: 3,
    message: (f: { changed: string[] }) => `Files that were sealed at approval have changed:${indented(f.changed)}`,
    hint: () => 'Put them back (git shows the difference), or abort the run and start again with the new ones.',
  },
  foreign_run: {
    exit: 2,
    message: (f: { run: string }) => `The run ${f.run} was approved on another machine or in another clone.`,
    hint: () => 'A contract is code: look at it with `perf-gate show`, then `perf-gate approve` it here.',
  },
  actor_failed: {
    exit: 3,
    message: (f: { stage: string; command: string; reason: string; output: string }) =>
      `The command for the stage ${f.stage} failed (${f.reason}): ${f.command}${f.output ? `\n${f.output}` : ''}`,
    hint: () =>
      'Exit 0 means done, 10 skipped. Its edits were kept; mend the command and `perf-gate resume`, or `perf-gate abort`.',
  },
  agent_missing: {
    exit: 3,
    message: (f: { agent: string; program: string; install: string }) =>
      `--agent ${f.agent} needs the program \`${f.program}\`, which is not on the PATH.`,
    hint: (f: { agent: string; program: string; install: string }) =>
      `${f.install}; or let somebody else do it: --agent manual, --fix-command.`,
  },
  agent_failed: {
    exit: 3,
    message: (f: { agent: string; stage: string; reason: string; transcript: string }) =>
      `${f.agent} failed in the stage ${f.stage}: ${f.reason}\nIts transcript: ${f.transcript}`,
    hint: () =>
      'Its edits were kept. `perf-gate resume` asks it again, `perf-gate abort` ends the run; its limits are set under `agent` in .perf-gate/config.yaml.',
  },
  metric_unreadable: {
    exit: 3,
    message: (f: { reason: string; script: string }) => `${f.reason} (repro: ${f.script})`,
    hint: () => 'Make the repro give the metric, or correct its `source` in the contract.',
  },
  config_invalid: {
    exit: 2,
    message: (f: { file: string; problem: string }) => `The configuration ${f.file} is not valid: ${f.problem}.`,
    hint: () =>
      'It may hold `artifacts_dir` (a folder), `agent_may_approve` (true or false), and `agent` (model, max_turns, max_usd, max_minutes).',
  },
  report_missing: {
    exit: 2,
    message: (f: { run: string }) => `The run ${f.run} has no report yet.`,
    hint: () => 'It is written when the run ends: go on with `perf-gate next`.',
  },
  cannot_open: {
    exit: 3,
    message: (f: { file: string }) => `No browser could be opened for ${f.file}.`,
    hint: () => 'Open the file by hand.',
  },
  not_a_terminal: {
    exit: 2,
    message: (f: { question: string }) => `This needs an answer, and there is no terminal: ${f.question}`,
    hint: () => 'Run it in a terminal, or pass what is asked for as a flag.',
  },
  cancelled: {
    exit: 130,
    message: () => 'Cancelled; nothing was changed.',
    hint: () => 'Run the command again when you are ready.',
  },
  interrupted: {
    exit: 130,
    message: () => 'Interrupted; the run was kept.',
    hint: () => '`perf-gate resume` goes on where it stopped.',
  },
  no_space: {
    exit: 3,
    message: (f: { path: string; needed_mb: number; free_mb: number; largest: string }) =>
      `There is not enough room at ${f.path}: ${f.needed_mb} MB needed, ${f.free_mb} MB free. What needs most is ${f.largest}.`,
    hint: () =>
      'Make room, or set XDG_CACHE_HOME to a larger disk, or copy tracked files alone (`isolation: worktree`); then `perf-gate resume`.',
  },
  disk_full: {
    exit: 3,
    message: (f: { path: string }) => `The disk is full: ${f.path} cannot be written.`,
    hint: () => 'Make room; then `perf-gate resume` goes on where it stopped.',
  },
  not_a_folder: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} cannot be used: a file stands where a folder should be.`,
    hint: () => 'Name another place.',
  },
  no_access: {
    exit: 3,
    message: (f: { path: string; reason: string }) => `${f.path} cannot be used: ${f.reason}.`,
    hint: () => 'Give back the rights, or mount it for writing; then `perf-gate resume` goes on where it stopped.',
  },
} as const;
