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
    hint: () => 'perf-gate runs on Linux and macOS; on Windows use WSL.',
  },
  run_active: {
    exit: 2,
    message: (f: { run: string; stage: string }) => `The run ${f.run} is active in this work tree (stage ${f.stage}).`,
    hint: () => 'Continue this run with `perf-gate resume`, or end it with `perf-gate abort` and start again.',
  },
  other_project_active: {
    exit: 2,
    message: (f: { run: string; project: string }) =>
      `The run ${f.run} of another project in this work tree is active: ${f.project}.`,
    hint: (f: { run: string; project: string }) =>
      `Both runs would change the same branch and files. End that run (\`perf-gate abort --cwd ${f.project}\`), or use a separate work tree: \`git worktree add\`.`,
  },
  run_locked: {
    exit: 2,
    message: (f: { pid: number; what: string; since: string }) =>
      `Another perf-gate process has been working here since ${moment(f.since)}: pid ${f.pid} (perf-gate ${f.what}).`,
    hint: (f: { pid: number }) =>
      `\`perf-gate wait\` waits for that process. \`kill ${f.pid}\` stops that process safely, and the run can be resumed.`,
  },
  background_died: {
    exit: 3,
    message: (f: { pid: number; stage: string; log: string }) =>
      `The background process (pid ${f.pid}) was killed in the stage ${f.stage}. Its log is ${f.log}.`,
    hint: () =>
      'The work that this process recorded is not lost. `perf-gate resume --detach` continues where it stopped.',
  },
  background_refused: {
    exit: 3,
    message: (f: { log: string; output: string }) =>
      `The background process ended before it took over the run (${f.log}):\n${f.output}`,
    hint: () => 'Correct the cause named above. `perf-gate next` shows the same error in the foreground.',
  },
  nothing_to_wait_for: {
    exit: 2,
    message: (f: { stage: string }) => `No process works on the run, which is in the stage ${f.stage}.`,
    hint: () => '`perf-gate next` continues the run. `perf-gate next --detach` continues it in the background.',
  },
  no_run: {
    exit: 2,
    message: (f: { project: string }) => `There is no run in ${f.project}.`,
    hint: () => 'Begin one with `perf-gate start "what should be faster"`.',
  },
  no_active_run: {
    exit: 2,
    message: (f: { run: string; ended: string }) => `The run ${f.run} has ended (${f.ended}).`,
    hint: () => '`perf-gate show` prints it. `perf-gate start "…"` begins a new run.',
  },
  unknown_run: {
    exit: 2,
    message: (f: { run: string; near: string }) =>
      `There is no run “${f.run}”${f.near ? `; did you mean ${f.near}?` : '.'}`,
    hint: () => '`perf-gate list` shows the runs of this project.',
  },
  run_is_comparison: {
    exit: 2,
    message: (f: { comparison: string }) => `${f.comparison} is a comparison, but this command needs a run.`,
    hint: (f: { comparison: string }) => `\`perf-gate show ${f.comparison}\` prints it.`,
  },
  run_unreadable: {
    exit: 3,
    message: (f: { file: string; reason: string }) => `The run cannot be read: ${f.reason} (${f.file}).`,
    hint: () => 'Restore the file from a backup, or begin a new run. Nothing was changed.',
  },
  journal_damaged: {
    exit: 3,
    message: (f: { file: string; line: number }) => `The journal is damaged at line ${f.line} of ${f.file}.`,
    hint: () =>
      'Another program or a fault of the disk changed the journal. `perf-gate abort` renames the journal (nothing is deleted), and you can start again.',
  },
  machine_too_new: {
    exit: 3,
    message: (f: { run: string; version: number; known: number }) =>
      `The run ${f.run} was made by another version of perf-gate (run format ${f.version}; this version reads ${f.known}).`,
    hint: () => 'Finish or abort the run with the version that began it.',
  },
  wrong_stage: {
    exit: 2,
    message: (f: { command: string; stage: string; needs: string }) =>
      `\`${f.command}\` is not possible in the stage ${f.stage}: the command needs ${f.needs}.`,
    hint: () => '`perf-gate status` shows what comes next.',
  },
  file_outside: {
    exit: 2,
    message: (f: { file: string; root: string }) => `The file ${f.file} lies outside of ${f.root}.`,
    hint: () =>
      'The MCP server reads only files of the project. Copy the file into the project, or run the command in a terminal.',
  },
  artifact_missing: {
    exit: 2,
    message: (f: { file: string }) => `There is no artifact to submit at ${f.file}.`,
    hint: () => 'Run `perf-gate next`, which writes a draft to fill in, or name a file: `perf-gate submit FILE`.',
  },
  file_unreadable: {
    exit: 3,
    message: (f: { file: string; reason: string }) => `The file ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'Put a readable, regular file at this path, or remove what is there.',
  },
  artifact_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The artifact ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'An artifact is Markdown with YAML frontmatter between two lines of `---`.',
  },
  artifact_invalid: {
    exit: 2,
    message: (f: { file: string; field: string; expected: string; found: string }) =>
      `The artifact ${f.file} is not valid: \`${f.field}\` should be ${f.expected}, found ${f.found}.`,
    hint: () => 'Correct the field and submit again. Nothing was changed.',
  },
  artifact_stale: {
    exit: 2,
    message: (f: { file: string; found: string; epoch: number }) =>
      `The artifact ${f.file} is stale: \`epoch\` is ${f.found}, but the run is at epoch ${f.epoch}.`,
    hint: () => '`perf-gate next` shows the current brief and writes a fresh draft.',
  },
  approval_by_person: {
    exit: 2,
    message: () => 'Only a person can approve a contract; an artifact with `result: approved` cannot.',
    hint: () => 'Submit it with `result: pending`. The user then runs `perf-gate approve` in a terminal.',
  },
  nothing_to_approve: {
    exit: 2,
    message: () => 'There is no contract to approve yet.',
    hint: () => 'Submit a contract (`perf-gate submit FILE`), or start with `--contract FILE`.',
  },
  contract_needed: {
    exit: 2,
    message: () => 'The run needs a contract, and there is no terminal to ask in.',
    hint: () =>
      'Pass --contract FILE (`perf-gate schema` prints its schema), run in a terminal, or let an agent submit one: --agent inline.',
  },
  contract_changed: {
    exit: 3,
    message: (f: { changed: string[] }) => `Files that were sealed at approval have changed:${indented(f.changed)}`,
    hint: () =>
      'Restore the files (`git diff` shows the changes), or abort the run and start again with the changed files.',
  },
  foreign_run: {
    exit: 2,
    message: (f: { run: string }) => `The run ${f.run} was approved on another machine or in another clone.`,
    hint: () =>
      'A contract runs commands on your machine, so read it first with `perf-gate show`. Then approve it here with `perf-gate approve`.',
  },
  actor_failed: {
    exit: 3,
    message: (f: { stage: string; command: string; reason: string; output: string }) =>
      `The command for the stage ${f.stage} failed (${f.reason}): ${f.command}${f.output ? `\n${f.output}` : ''}`,
    hint: () =>
      'Exit code 0 means done, 10 means skipped. The edits of the command were kept. Correct the command and run `perf-gate resume`, or run `perf-gate abort`.',
  },
  agent_missing: {
    exit: 3,
    message: (f: { agent: string; program: string; install: string }) =>
      `--agent ${f.agent} needs the program \`${f.program}\`, which is not on the PATH.`,
    hint: (f: { agent: string; program: string; install: string }) =>
      `${f.install}, or choose another actor: --agent manual, --fix-command.`,
  },
  agent_failed: {
    exit: 3,
    message: (f: { agent: string; stage: string; reason: string; transcript: string }) =>
      `${f.agent} failed in the stage ${f.stage}: ${f.reason}\nIts transcript: ${f.transcript}`,
    hint: () =>
      'The edits of the agent were kept. `perf-gate resume` calls the agent again; `perf-gate abort` ends the run. `agent` in .perf-gate/config.yaml sets its limits.',
  },
  metric_unreadable: {
    exit: 3,
    message: (f: { reason: string; script: string }) => `${f.reason} (repro: ${f.script})`,
    hint: () => 'Change the repro so that it gives the metric, or correct the `source` of the metric in the contract.',
  },
  config_invalid: {
    exit: 2,
    message: (f: { file: string; problem: string }) => `The configuration ${f.file} is not valid: ${f.problem}.`,
    hint: () =>
      'The fields are `artifacts_dir` (a folder), `agent_may_approve` (true or false), and `agent` (model, max_turns, max_usd, max_minutes).',
  },
  report_missing: {
    exit: 2,
    message: (f: { run: string }) => `The run ${f.run} has no report yet.`,
    hint: () => 'The report is written when the run ends. Continue with `perf-gate next`.',
  },
  cannot_open: {
    exit: 3,
    message: (f: { file: string }) => `No browser could be opened for ${f.file}.`,
    hint: () => 'Open the file by hand.',
  },
  not_a_terminal: {
    exit: 2,
    message: (f: { question: string }) => `There is no terminal to ask in: ${f.question}`,
    hint: () => 'Run the command in a terminal, or give the answer with an option.',
  },
  cancelled: {
    exit: 130,
    message: () => 'Cancelled; nothing was changed.',
    hint: () => 'Run the command again when you are ready.',
  },
  no_run_begun: {
    exit: 130,
    message: (f: { draft: string | null; why: string }) =>
      `${f.why} No run was begun, and your branch is as it was.${f.draft === null ? '' : ` The draft of the contract is kept: ${f.draft}`}`,
    hint: (f: { draft: string | null; why: string }) =>
      f.draft === null
        ? 'Run the command again when you are ready.'
        : '`perf-gate start "…"` offers to continue with the draft, which you can edit first.',
  },
  not_approved: {
    exit: 130,
    message: (f: { run: string; branch: string; before: string }) =>
      `The contract is not approved. The run ${f.run} waits for the approval, and its branch ${f.branch} is checked out.`,
    hint: (f: { run: string; branch: string; before: string }) =>
      `\`perf-gate approve\` asks again. \`perf-gate abort\` ends the run and checks out ${f.before}.`,
  },
  interrupted: {
    exit: 130,
    message: () => 'Interrupted.',
    hint: () =>
      'A run continues with `perf-gate resume`. A bisection continues when its command is repeated. Any other command starts from the beginning.',
  },
} as const;
