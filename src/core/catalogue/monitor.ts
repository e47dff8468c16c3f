import { indented, listed } from '../text.ts';

/** Remedies for an intact database that SQLite cannot use. Such a file must not be moved away, because its data would be lost. */
const unusable = [
  {
    because: /readonly|open (?:the )?(?:database|connection)/i,
    remedy:
      'Your user must be able to read and write the file and its folder. PERF_GATE_MONITOR_HOME names another folder.',
  },
  { because: /full/, remedy: 'Make room on the disk, or lower `storage: max_storage_mb` in monitor.yaml.' },
  { because: /locked|busy/, remedy: 'Another process writes to the database. Try again in a moment.' },
];

export const monitorErrors = {
  monitor_no_sqlite: {
    exit: 3,
    message: (f: { node: string; reason: string }) => `Node ${f.node} has no SQLite for the monitor: ${f.reason}.`,
    hint: () =>
      'Use Node 22.13 or newer, which has SQLite, or run `npm i -g libsql` (`npm i libsql` if perf-gate is a dependency of your project).',
  },
  monitor_store_newer: {
    exit: 2,
    message: (f: { file: string; version: number; known: number }) =>
      `${f.file} was made by a newer perf-gate: the file has version ${f.version}, and this perf-gate reads only version ${f.known} or older.`,
    hint: () => 'Update perf-gate, or set PERF_GATE_MONITOR_HOME to another folder.',
  },
  monitor_store_unreadable: {
    exit: 3,
    message: (f: { file: string; reason: string }) => `The monitor’s database ${f.file} cannot be used: ${f.reason}.`,
    hint: ({ reason }: { file: string; reason: string }) =>
      unusable.find(({ because }) => because.test(reason))?.remedy ??
      'Move the file away, so that the monitor begins a new one, or set PERF_GATE_MONITOR_HOME to another folder.',
  },
  monitor_home_refused: {
    exit: 3,
    message: (f: { home: string; reason: string }) =>
      `The folder of the monitor, ${f.home}, cannot be used: ${f.reason}.`,
    hint: () =>
      'Your user must own the folder and be able to write to it. PERF_GATE_MONITOR_HOME names another folder.',
  },
  monitor_running: {
    exit: 2,
    message: (f: { pid: number; since: string }) => `The monitor is already running (pid ${f.pid}, since ${f.since}).`,
    hint: () => '`perf-gate monitor status` shows more. `perf-gate monitor stop` ends the monitor.',
  },
  monitor_not_running: {
    exit: 2,
    message: () => 'The monitor is not running.',
    hint: () => '`perf-gate monitor start` starts it.',
  },
  monitor_elsewhere: {
    exit: 2,
    message: (f: { pid: number; host: string }) =>
      `The monitor of this folder runs on another machine: ${f.host} (pid ${f.pid}).`,
    hint: (f: { pid: number; host: string }) =>
      `Run \`perf-gate monitor stop\` on ${f.host}. If that machine is gone, remove service.lock from the folder of the monitor.`,
  },
  monitor_does_not_end: {
    exit: 3,
    message: (f: { pid: number; seconds: number }) =>
      `The monitor (pid ${f.pid}) got the signal to end, but still runs after ${f.seconds} s.`,
    hint: (f: { pid: number; seconds: number }) =>
      `Look again with \`perf-gate monitor status\`. \`kill -9 ${f.pid}\` ends the monitor at once. Events that the monitor has confirmed are on disk.`,
  },
  monitor_empty: {
    exit: 2,
    message: () => 'The monitor has no data yet.',
    hint: () =>
      '`perf-gate monitor setup` makes Claude Code send its telemetry to the monitor; `perf-gate monitor start` starts the monitor.',
  },
  monitor_import_refused: {
    exit: 2,
    message: (f: { unreadable: readonly string[] }) =>
      `Nothing was imported, because these files cannot be read:${indented(f.unreadable)}`,
    hint: () => 'Correct these names, or leave them out, and import again.',
  },
  monitor_no_benchmark: {
    exit: 2,
    message: (f: { file: string }) => `${f.file} holds no recorded benchmark, so there is nothing to check.`,
    hint: () =>
      '`perf-gate compare BASE HEAD --record` records a benchmark. In CI, the step that records and the step that checks need the same PERF_GATE_MONITOR_HOME.',
  },
  monitor_no_case: {
    exit: 2,
    message: (f: { asked: string; open: readonly string[] }) =>
      `No case “${f.asked}” is open.${f.open.length > 0 ? ` Open are:${indented(f.open.join('\n'))}` : ''}`,
    hint: () =>
      '`perf-gate monitor regressions` shows all cases. Name a case by its id (`--json` prints it) or by its handler.',
  },
  monitor_disabled: {
    exit: 2,
    message: (f: { file: string }) => `The monitor is switched off: ${f.file} says \`enabled: false\`.`,
    hint: () => 'Set `enabled: true` in that file, or remove its line `enabled: false`.',
  },
  monitor_died: {
    exit: 3,
    message: (f: { log: string; output: string }) =>
      `The monitor ended before it was ready:${indented(f.output || '(it printed nothing)')}`,
    hint: (f: { log: string; output: string }) => `The whole output of the monitor is in ${f.log}.`,
  },
  monitor_port_taken: {
    exit: 3,
    message: (f: { port: number }) => `Port ${f.port} of this machine is taken by another program.`,
    hint: (f: { port: number }) =>
      `Give the monitor another port: \`perf-gate monitor start --otlp ${f.port + 1}\`, then \`perf-gate monitor setup\` again. If the other program is a collector of OpenTelemetry, \`receiver: { forward_to: 'http://127.0.0.1:${f.port}' }\` in monitor.yaml passes everything on to it.`,
  },
  monitor_port_refused: {
    exit: 3,
    message: (f: { port: number; reason: string }) => `The monitor cannot listen on port ${f.port}: ${f.reason}.`,
    hint: () => 'Choose a port above 1023, such as `--otlp 4319`.',
  },
  monitor_page_port_taken: {
    exit: 3,
    message: (f: { port: number }) =>
      `The page of the monitor cannot be served: port ${f.port} is taken by another program.`,
    hint: (f: { port: number }) =>
      `Give it another port: \`perf-gate monitor start --port ${f.port + 1}\`, or \`dashboard: port:\` in monitor.yaml.`,
  },
  monitor_page_port_refused: {
    exit: 3,
    message: (f: { port: number; reason: string }) =>
      `The page of the monitor cannot be served on port ${f.port}: ${f.reason}.`,
    hint: () => 'Choose a port above 1023, such as `--port 8081`.',
  },
  monitor_settings_refused: {
    exit: 2,
    message: (f: { file: string; problem: string }) =>
      `The settings of Claude Code in ${f.file} were not changed: ${f.problem}.`,
    hint: () => 'Correct the file, or add the variables yourself: `perf-gate monitor setup --print` prints them.',
  },
  monitor_setup_unconfirmed: {
    exit: 2,
    message: (f: { file: string }) =>
      `${f.file} was not changed: a user must confirm the change, and there is no terminal to ask in.`,
    hint: () => 'Repeat the command with --yes, or in a terminal.',
  },
  monitor_not_set_up: {
    exit: 2,
    message: (f: { file: string }) => `The monitor never changed ${f.file}, or has already undone its change.`,
    hint: () => 'Name another --scope: user, project or local.',
  },
  monitor_no_rule: {
    exit: 2,
    message: (f: { rule: string; known: readonly string[] }) => `There is no alert “${f.rule}”.`,
    hint: (f: { rule: string; known: readonly string[] }) =>
      `Name one of ${listed(f.known, 20)}. The rules are in monitor.yaml, under \`alerting: rules:\`.`,
  },
  monitor_config_invalid: {
    exit: 2,
    message: (f: { file: string; issues: readonly string[] }) => `${f.file} is not valid:${indented(f.issues)}`,
    hint: () => 'Correct the keys named above. `perf-gate monitor config --schema` prints all keys.',
  },
} as const;
