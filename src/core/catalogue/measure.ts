import { indented, lastLines } from '../text.ts';

/** The metrics that some instruments cannot measure, each with a text that says what the machine must have for it. */
const whatGives: Record<string, string> = {
  main_delay_ms:
    'Undelayed wall time needs Linux with `/proc/PID/schedstat` (a kernel with CONFIG_SCHED_INFO), and a C compiler (`cc`) or python3. Or measure CPU time: `source: cpu`.',
  tree_rss_kb:
    'The memory of the process tree needs Linux, and a C compiler (`cc`) or python3. Or measure only the largest process: `source: max_rss` is its peak memory.',
  others: 'CPU time and memory need a C compiler (`cc`) or python3. `source: wall` always works.',
};

export const measureErrors = {
  no_turn: {
    exit: 75,
    message: (f: { seconds: number }) =>
      `The command was not run: other measurements on this machine did not end within ${f.seconds} s.`,
    hint: () => 'Give a longer --timeout, or leave it out to wait without a limit.',
  },
  command_failed: {
    exit: 3,
    message: (f: { what: string; command: string; reason: string; output: string; way_on?: string }) =>
      `The ${f.what} failed (${f.reason}): ${f.command}${f.output ? indented(lastLines(f.output)) : ''}`,
    hint: (f: { way_on?: string }) =>
      f.way_on ?? 'Run the command by hand from the project’s root, and correct it until its exit code is 0.',
  },
  metric_missing: {
    exit: 3,
    message: (f: { metric: string; expected: string; found: string }) =>
      `The metric ${f.metric} was not found: expected ${f.expected}, found ${f.found}.`,
    hint: () =>
      'Make the command print the metric, or correct the source of the metric: `source` in a contract, --metric of `measure`.',
  },
  metric_twice: {
    exit: 3,
    message: (f: { metric: string; first: string; last: string }) =>
      `The metric ${f.metric} was printed twice with different values (${f.first} and ${f.last}).`,
    hint: () => 'Print the metric once, at the end, or choose one value with `source: { stdout: regex, … }`.',
  },
  output_missing: {
    exit: 3,
    message: (f: { expected: string; found: string }) =>
      `The output that must stay the same was not found: expected ${f.expected}, found ${f.found}.`,
    hint: () => 'Make the command print this output, or correct `guards.same_output` in the contract.',
  },
  output_not_deterministic: {
    exit: 3,
    message: (f: { what: string }) => `Two executions of the same code gave different output (${f.what}).`,
    hint: () =>
      'Make the varying part fixed (seed, dates, order), compare less (`same_output: { json: … }` or a regex), or remove `same_output`.',
  },
  no_instrument: {
    exit: 3,
    message: (f: { metric: string; method: string; missing: string }) =>
      `${f.metric} cannot be measured on this machine (best instrument: ${f.method}).`,
    hint: (f: { metric: string; method: string; missing: string }) => whatGives[f.missing] ?? whatGives.others!,
  },
  no_counter: {
    exit: 3,
    message: (f: { metric: string; source: string; reason: string }) =>
      `${f.metric} cannot be counted on this machine: ${f.reason}.`,
    hint: (f: { metric: string; source: string; reason: string }) =>
      f.source === 'callgrind'
        ? 'Install valgrind, or measure CPU time: `source: cpu`.'
        : 'Count with valgrind (`source: callgrind`, about 50 times slower), or measure CPU time: `source: cpu`.',
  },
  cpus_unsupported: {
    exit: 3,
    message: (f: { cpus: string; method: string; platform: string }) =>
      `The contract pins the command to the CPUs ${f.cpus}, but the instrument ${f.method} on ${f.platform} cannot do that.`,
    hint: () => 'Pinning needs Linux, and a C compiler (`cc`) or python3. Without them, remove `repro.cpus`.',
  },
  cpus_unavailable: {
    exit: 3,
    message: (f: { cpus: string; available: string }) =>
      `The contract pins the command to the CPUs ${f.cpus}, but this process may use only ${f.available}.`,
    hint: () => 'Correct `repro.cpus`, or remove it.',
  },
  input_unsupported: {
    exit: 3,
    message: (f: { input: string; method: string }) =>
      `The instrument ${f.method} cannot give the command an input (${f.input}).`,
    hint: () => 'Install a C compiler (`cc`) or python3, or redirect the input yourself: `-- "sort < words.txt"`.',
  },
  instrument_unknown: {
    exit: 2,
    message: (f: { name: string; known: string[] }) => `PERF_GATE_INSTRUMENT names no instrument: “${f.name}”.`,
    hint: (f: { name: string; known: string[] }) =>
      `Unset PERF_GATE_INSTRUMENT, or set it to one of: ${f.known.join(', ')}.`,
  },
  instrument_unusable: {
    exit: 3,
    message: (f: { reasons: string[] }) => `No instrument can measure a program here:${indented(f.reasons)}`,
    hint: () => 'Correct the causes named above, or unset PERF_GATE_INSTRUMENT to try other instruments.',
  },
  instrument_changed: {
    exit: 3,
    message: (f: { before: string; now: string }) =>
      `The earlier samples were measured by ${f.before}, but this machine now measures by ${f.now}. They cannot be compared.`,
    hint: (f: { before: string; now: string }) =>
      `Use ${f.before} again (PERF_GATE_INSTRUMENT=${f.before}), or start a new measurement.`,
  },
  tree_method_changed: {
    exit: 3,
    message: (f: { before: string }) =>
      `In the earlier samples, the memory of the process tree was read by ${f.before}, which does not work here now. Samples of two methods cannot be compared.`,
    hint: () => 'Measure on a machine where that method works, or start a new measurement.',
  },
  instrument_broken: {
    exit: 3,
    message: (f: { method: string; found: string }) =>
      `The instrument ${f.method} printed no result: expected one line of JSON, found ${f.found}.`,
    hint: () =>
      'Try again. If this fails again, choose another instrument with PERF_GATE_INSTRUMENT=native|python3|hyperfine|plain.',
  },
  function_given: {
    exit: 2,
    message: () =>
      'A function of this process cannot be measured: it shares the process with everything that ran before.',
    hint: () =>
      "Export the function from a module, which can then be loaded in a process of its own: { module: './fast.js', export: 'run' }.",
  },
  service_not_ready: {
    exit: 3,
    message: (f: { command: string; ready: string; seconds: number }) =>
      `The service did not become ready at ${f.ready} within ${f.seconds} s: ${f.command}`,
    hint: () => 'Start the service by hand and open the address. Then correct `repro.service` in the contract.',
  },
  service_ended: {
    exit: 3,
    message: (f: { command: string; output: string }) =>
      `The service ended before it was ready: ${f.command}${f.output ? indented(lastLines(f.output)) : ''}`,
    hint: () => 'The command of `repro.service` must stay in the foreground until it is stopped.',
  },
  service_address_taken: {
    exit: 3,
    message: (f: { ready: string }) => `Another program already answers at ${f.ready}, before the service is started.`,
    hint: () =>
      'Stop that program, or give the service another port. Otherwise perf-gate would measure the wrong program.',
  },
} as const;
