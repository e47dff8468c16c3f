export const trustErrors = {
  not_a_person: {
    exit: 2,
    message: (f: { who: string }) => `A contract is approved by a person, and this call comes from ${f.who}.`,
    hint: () =>
      'Ask the user to type /perf-gate:approve, or to run `perf-gate approve` in a terminal of their own. A team that lets agents approve commits `agent_may_approve: true` in .perf-gate/config.yaml before a run begins.',
  },
  leads_elsewhere: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} is a symbolic link: files written there would land in another folder.`,
    hint: () => 'perf-gate writes into its own folder only. Remove the link, or replace it by a folder.',
  },
  frozen_changed: {
    exit: 3,
    message: (f: { path: string }) =>
      `Something changed the copy of the project that both arms are made from: ${f.path}`,
    hint: () =>
      'No command of the run should write there. Find the program that did, run `perf-gate abort` and start again.',
  },
  helper_lost: {
    exit: 3,
    message: (f: { what: string; command: string; reason: string }) =>
      `The ${f.what} gave no figures: ${f.reason}. The command was: ${f.command}`,
    hint: () =>
      'Something on this machine ended it: no command of the run should. `perf-gate resume` measures again; the second time in one attempt rejects that.',
  },
  room_lost: {
    exit: 3,
    message: (f: { found: string }) =>
      `The closed room of the base was made, and that of the candidate was not: ${f.found}`,
    hint: () => 'Something on this machine forbids it by now. `perf-gate resume` tries again.',
  },
  run_gone: {
    exit: 3,
    message: (f: { run: string; folder: string }) =>
      `The folder of the run ${f.run} is gone (${f.folder}), so that nothing of it can go on or be taken back.`,
    hint: (f: { run: string }) =>
      `Its copies of the project were removed. Its snapshots are kept under refs/perf-gate/${f.run}/; \`git status\` shows the branch and the edits that are left.`,
  },
  arms_disturbed: {
    exit: 3,
    message: (f: { what: string }) =>
      `The copies of the project were disturbed while unchanged code was measured: ${f.what}.`,
    hint: () => 'The cause may be a daemon that `setup` or `build` leaves running: make these commands stop it.',
  },
  proof_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `${f.file} cannot be read as a proof: ${f.reason}.`,
    hint: () => 'Pass a file that `perf-gate proof` wrote, or the id of a run of this project.',
  },
  proof_holds_secret: {
    exit: 2,
    message: (f: { where: string }) => `A proof would hold the value of a secret of this environment: in ${f.where}.`,
    hint: () =>
      'It was no secret when the record was written, and a record is never changed. Take it out of the environment if it is none; else do not pass this record on.',
  },
  proof_not_replayable: {
    exit: 2,
    message: (f: { file: string; why: string }) => `${f.file} cannot be measured again: ${f.why}.`,
    hint: () => 'Without --replay, `perf-gate verify` judges its samples again.',
  },
} as const;
