export const trustErrors = {
  not_a_person: {
    exit: 2,
    message: (f: { who: string }) => `Only a person can approve a contract, and this call comes from ${f.who}.`,
    hint: () =>
      'Ask the user to type /perf-gate:approve, or to run `perf-gate approve` in a terminal of their own. If a team lets agents approve contracts, it commits `agent_may_approve: true` to .perf-gate/config.yaml before a run begins.',
  },
  leads_elsewhere: {
    exit: 2,
    message: (f: { path: string }) => `${f.path} is a symbolic link: files written there would land in another folder.`,
    hint: () => 'perf-gate writes into its own folder only. Remove the link, or replace it with a folder.',
  },
  frozen_changed: {
    exit: 3,
    message: (f: { path: string }) =>
      `Something changed the copy of the project that both arms are made from: ${f.path}`,
    hint: () =>
      'No command of the run should write to this copy. Find the program that changed the copy, run `perf-gate abort` and start again.',
  },
  helper_lost: {
    exit: 3,
    message: (f: { what: string; command: string; reason: string }) =>
      `The process that measured the ${f.what} was ended: ${f.reason}. The command was: ${f.command}`,
    hint: () =>
      'Another process ended the measuring process; no command of the run may do that. `perf-gate resume` measures again. If this happens twice in one attempt, the attempt is rejected.',
  },
  room_lost: {
    exit: 3,
    message: (f: { found: string }) => `This machine allowed one closed room, but not the next: ${f.found}`,
    hint: () =>
      'Something on this machine has changed since the first room. Repeat the command. If the command was part of a run, continue the run with `perf-gate resume` instead.',
  },
  run_gone: {
    exit: 3,
    message: (f: { run: string; folder: string }) =>
      `The folder of the run ${f.run} is gone (${f.folder}), so the run cannot continue and its changes cannot be reverted.`,
    hint: (f: { run: string }) =>
      `perf-gate removed the run’s copies of the project. The run’s snapshots are kept under refs/perf-gate/${f.run}/; \`git status\` shows the branch and the edits that are left.`,
  },
  arms_disturbed: {
    exit: 3,
    message: (f: { what: string }) =>
      `Something changed the copies of the project while perf-gate measured unchanged code: ${f.what}.`,
    hint: () =>
      'The likely cause is a daemon that `setup` or `build` starts and does not stop. Make these commands stop the daemon.',
  },
  proof_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `${f.file} cannot be read as a proof: ${f.reason}.`,
    hint: () => 'Pass a file that `perf-gate proof` wrote, or the id of a run of this project.',
  },
  proof_holds_secret: {
    exit: 2,
    message: (f: { where: string }) =>
      `The proof would contain the value of a secret environment variable, in ${f.where}.`,
    hint: () =>
      'The record was written when this value was not known as a secret, and perf-gate never changes a record. If the value is not secret, unset the variable; otherwise do not share this record.',
  },
  proof_not_replayable: {
    exit: 2,
    message: (f: { file: string; why: string }) => `${f.file} cannot be measured again: ${f.why}.`,
    hint: () => 'Leave --replay out: then `perf-gate verify` judges the samples of the proof again.',
  },
} as const;
