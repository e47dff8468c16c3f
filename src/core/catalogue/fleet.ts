import { indented, listed, oneLine } from '../text.ts';

export const fleetErrors = {
  fleet_no_engine: {
    exit: 3,
    message: (f: { node: string; reason: string }) =>
      `The fleet needs the packages pg-boss and pg, and Node ${f.node} cannot load them: ${f.reason}.`,
    hint: () =>
      'Run `npm i -g pg-boss@12.35.0 pg` (without -g if perf-gate is a dependency of your project). pg-boss needs Node 22.12 or newer.',
  },
  fleet_no_database: {
    exit: 2,
    message: () => 'No fleet database is named.',
    hint: () => 'Pass --database postgres://HOST/NAME, or set PERF_GATE_DATABASE.',
  },
  fleet_unreachable: {
    exit: 3,
    message: (f: { database: string; reason: string }) => `PostgreSQL does not answer at ${f.database}: ${f.reason}.`,
    hint: () =>
      'Check that PostgreSQL runs and that the address is right. Then repeat the command: if it has already sent a job, it continues with this job.',
  },
  fleet_denied: {
    exit: 3,
    message: (f: { database: string; reason: string }) =>
      `PostgreSQL at ${f.database} refused an SQL statement: ${f.reason}.`,
    hint: () => 'docs/fleet.md lists the rights of each role.',
  },
  fleet_not_set_up: {
    exit: 2,
    message: (f: { database: string }) => `There is no fleet in ${f.database}.`,
    hint: () => 'Start a worker: `perf-gate worker --database URL --class NAME` creates the tables of the fleet.',
  },
  fleet_newer: {
    exit: 2,
    message: (f: { database: string; version: number; known: number }) =>
      `The tables of the fleet in ${f.database} have version ${f.version}, but this perf-gate needs version ${f.known}.`,
    hint: () =>
      'Update perf-gate here. If the version of the tables is lower than the version here, update the workers instead.',
  },
  fleet_no_target: {
    exit: 2,
    message: (f: { target: string; known: readonly string[] }) =>
      f.known.length > 0
        ? `The fleet has no class and no host “${f.target}”. It has ${listed(f.known, 20)}.`
        : `The fleet has no class and no host “${f.target}”: no worker has joined it yet.`,
    hint: (f: { target: string }) =>
      `Start a worker of this class: perf-gate worker --class ${f.target} --database URL`,
  },
  fleet_same_class: {
    exit: 2,
    message: (f: { first: string; second: string; class: string }) =>
      `--confirm-on needs a second class of hosts, but ${f.first} and “${f.second}” are both of the class ${f.class}.`,
    hint: () => 'Name another class after --confirm-on. `perf-gate fleet hosts` lists hosts with their classes.',
  },
  fleet_host_taken: {
    exit: 2,
    message: (f: { host: string; seen: string }) =>
      `Another worker already uses the host name “${f.host}”. Its last sign of life: ${f.seen}.`,
    hint: () => 'A host can have only one worker. Give the new worker another host name: --host NAME.',
  },
  fleet_unfit: {
    exit: 3,
    message: (f: { host: string; checks: readonly string[] }) =>
      `${f.host} cannot join the fleet, because it cannot measure:${indented(f.checks)}`,
    hint: () => '`perf-gate doctor` prints how to correct each problem.',
  },
  fleet_sources_large: {
    exit: 2,
    message: (f: { mb: number; most_mb: number }) =>
      `The two commits take ${f.mb} MB as a git bundle, but the database accepts at most ${f.most_mb} MB.`,
    hint: () => 'Compare on this machine, or keep large files out of the repository (Git LFS).',
  },
  fleet_untracked: {
    exit: 2,
    message: (f: { files: readonly string[] }) =>
      `The contract protects files that git does not track, and only commits are sent to a host: ${listed(f.files)}.`,
    hint: () => 'Commit these files first. If the base needs them, commit them on the base too.',
  },
  fleet_not_allowed: {
    exit: 3,
    message: (f: { host: string; hash: string }) =>
      `The worker on ${f.host} does not allow this contract, whose hash is ${f.hash}.`,
    hint: (f: { hash: string }) =>
      `Add \`--allow ${f.hash.slice(0, 16)}\` where that worker is started, or name another host with --on.`,
  },
  fleet_remote_refused: {
    exit: 3,
    message: (f: { host: string; remote: string | null }) =>
      f.remote === null
        ? `The worker on ${f.host} allows only commits that it fetches itself, but this job contains the commits.`
        : `The worker on ${f.host} does not allow the repository “${oneLine(f.remote)}”.`,
    hint: (f: { remote: string | null }) =>
      f.remote === null
        ? 'Name the repository of the commits with --remote URL. The URL must be the address in the worker’s --allow.'
        : 'Add --allow with this address where that worker is started, or leave --remote out: then the job contains the commits.',
  },
  not_on_remote: {
    exit: 2,
    message: (f: { commit: string; remote: string }) =>
      `No branch and no tag of ${oneLine(f.remote)} has the commit ${f.commit}.`,
    hint: () => 'Push the commit first, or leave --remote out: then the job contains the commits.',
  },
  fleet_no_job: {
    exit: 2,
    message: (f: { job: string }) => `“${f.job}” does not identify exactly one failed job of the fleet.`,
    hint: () => '`perf-gate fleet jobs` lists jobs and their states. The first eight characters of an id are enough.',
  },
  fleet_no_host: {
    exit: 2,
    message: (f: { host: string; known: readonly string[] }) =>
      `The fleet has no host “${f.host}”.${f.known.length > 0 ? ` It has ${listed(f.known, 20)}.` : ''}`,
    hint: () => '`perf-gate fleet hosts` lists them.',
  },
  fleet_cancelled: {
    exit: 3,
    message: (f: { job: string }) => `Another command cancelled job ${f.job}.`,
    hint: () => 'Run the command again to send a new job.',
  },
  fleet_job_failed: {
    exit: 3,
    message: (f: { job: string; tries: number; reason: string }) =>
      `Job ${f.job} failed after ${f.tries} tries. The last error was: ${f.reason}`,
    hint: (f: { job: string }) =>
      `\`perf-gate fleet history\` shows the host of each attempt. \`perf-gate fleet retry ${f.job.slice(0, 8)}\` tries once more.`,
  },
  fleet_host_unfit: {
    exit: 3,
    message: (f: { host: string }) =>
      `On ${f.host}, perf-gate found a change in unchanged code twice, so measurements of this host are not reliable.`,
    hint: (f: { host: string }) =>
      `Take this host out of the pool (perf-gate fleet drain ${f.host}), then \`perf-gate resume\`.`,
  },
  fleet_answer_invalid: {
    exit: 3,
    message: (f: { host: string; reason: string }) => `The answer of ${f.host} has an unknown form: ${f.reason}.`,
    hint: () => 'Use the same version of perf-gate here and on the workers (`perf-gate fleet hosts` shows theirs).',
  },
} as const;
