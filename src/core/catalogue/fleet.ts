import { indented, listed, oneLine } from '../text.ts';

export const fleetErrors = {
  fleet_no_engine: {
    exit: 3,
    message: (f: { node: string; reason: string }) =>
      `The fleet needs the packages pg-boss and pg, and Node ${f.node} cannot load them: ${f.reason}.`,
    hint: () =>
      'Run `npm i -g pg-boss@12.35.0 pg` (without -g where perf-gate is a dependency). pg-boss asks for Node 22.12 or newer.',
  },
  fleet_no_database: {
    exit: 2,
    message: () => 'No database of a fleet is named.',
    hint: () => 'Pass --database postgres://HOST/NAME, or set PERF_GATE_DATABASE.',
  },
  fleet_unreachable: {
    exit: 3,
    message: (f: { database: string; reason: string }) => `PostgreSQL does not answer at ${f.database}: ${f.reason}.`,
    hint: () =>
      'Check that it runs and that the address is right. The same command again goes on with a job that waits.',
  },
  fleet_denied: {
    exit: 3,
    message: (f: { database: string; reason: string }) =>
      `PostgreSQL refused a statement at ${f.database}: ${f.reason}.`,
    hint: () => 'docs/fleet.md lists the rights of each role.',
  },
  fleet_not_set_up: {
    exit: 2,
    message: (f: { database: string }) => `There is no fleet in ${f.database}.`,
    hint: () => 'The first `perf-gate worker --database URL --class NAME` makes its tables.',
  },
  fleet_newer: {
    exit: 2,
    message: (f: { database: string; version: number; known: number }) =>
      `The fleet in ${f.database} has version ${f.version}, and this perf-gate knows ${f.known}.`,
    hint: () => 'Update perf-gate here, or the workers where the version of the fleet is the lower one.',
  },
  fleet_no_target: {
    exit: 2,
    message: (f: { target: string; known: readonly string[] }) =>
      f.known.length > 0
        ? `The fleet has no class and no host “${f.target}”. It has ${listed(f.known, 20)}.`
        : `The fleet has no class and no host “${f.target}”: no worker ever joined it.`,
    hint: (f: { target: string }) => `Start one there: perf-gate worker --class ${f.target} --database URL`,
  },
  fleet_same_class: {
    exit: 2,
    message: (f: { first: string; second: string; class: string }) =>
      `The verdict is to hold on two classes, and ${f.first} and “${f.second}” are both of the class ${f.class}.`,
    hint: () => 'Name another class after --confirm-on. `perf-gate fleet hosts` lists hosts with their classes.',
  },
  fleet_host_taken: {
    exit: 2,
    message: (f: { host: string; seen: string }) => `Another worker is the host “${f.host}”; it was seen at ${f.seen}.`,
    hint: () => 'A host has one worker. Give this one another name: --host NAME.',
  },
  fleet_unfit: {
    exit: 3,
    message: (f: { host: string; checks: readonly string[] }) =>
      `${f.host} cannot measure, so that it joins no fleet:${indented(f.checks)}`,
    hint: () => '`perf-gate doctor` tells what helps.',
  },
  fleet_sources_large: {
    exit: 2,
    message: (f: { mb: number; most_mb: number }) =>
      `The two commits take ${f.mb} MB as a git bundle; at most ${f.most_mb} MB travel through the database.`,
    hint: () => 'Compare on this machine, or keep large files out of the repository (Git LFS).',
  },
  fleet_untracked: {
    exit: 2,
    message: (f: { files: readonly string[] }) =>
      `The contract protects files that git does not track, and only commits travel: ${listed(f.files)}.`,
    hint: () => 'Commit them first; on the base too, if the base is to be measured by them.',
  },
  fleet_not_allowed: {
    exit: 3,
    message: (f: { host: string; hash: string }) =>
      `The worker on ${f.host} measures by other contracts alone; this one has the hash ${f.hash}.`,
    hint: (f: { hash: string }) => `Start the worker with --allow ${f.hash.slice(0, 16)} too, or name another --on.`,
  },
  fleet_remote_refused: {
    exit: 3,
    message: (f: { host: string; remote: string | null }) =>
      f.remote === null
        ? `The worker on ${f.host} measures commits of its own repositories alone, and these came with the job.`
        : `The worker on ${f.host} fetches nothing from “${oneLine(f.remote)}”.`,
    hint: (f: { remote: string | null }) =>
      f.remote === null
        ? 'Name the repository that has the commits (--remote URL), as the worker’s --allow names it.'
        : 'Start the worker with --allow and this address too, or leave --remote out, so that the commits travel.',
  },
  not_on_remote: {
    exit: 2,
    message: (f: { commit: string; remote: string }) =>
      `No branch and no tag of ${oneLine(f.remote)} has the commit ${f.commit}.`,
    hint: () => 'Push it first, or leave --remote out, so that the commits travel.',
  },
  fleet_no_job: {
    exit: 2,
    message: (f: { job: string }) => `The fleet has no job “${f.job}” that has failed.`,
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
    message: (f: { job: string }) => `Job ${f.job} was cancelled from elsewhere.`,
    hint: () => 'Run the command again for another job.',
  },
  fleet_job_failed: {
    exit: 3,
    message: (f: { job: string; tries: number; reason: string }) =>
      `Job ${f.job} failed after ${f.tries} attempts, the last one with: ${f.reason}`,
    hint: (f: { job: string }) =>
      `\`perf-gate fleet history\` tells where. \`perf-gate fleet retry ${f.job.slice(0, 8)}\` tries once more.`,
  },
  fleet_host_unfit: {
    exit: 3,
    message: (f: { host: string }) =>
      `On ${f.host}, unchanged code looked changed, twice: what it measures cannot be believed.`,
    hint: (f: { host: string }) =>
      `Take it out of the pool (perf-gate fleet drain ${f.host}), then \`perf-gate resume\`.`,
  },
  fleet_answer_invalid: {
    exit: 3,
    message: (f: { host: string; reason: string }) => `The answer of ${f.host} is not one of perf-gate’s: ${f.reason}.`,
    hint: () => 'Use the same version of perf-gate here and on the workers (`perf-gate fleet hosts` shows theirs).',
  },
} as const;
