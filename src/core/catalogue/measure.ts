export const measureErrors = {
  command_failed: {
    exit: 3,
    message: (f: { what: string; command: string; reason: string; output: string }) =>
      `The ${f.what} failed (${f.reason}): ${f.command}${f.output ? `\n${indent(f.output)}` : ''}`,
    hint: () => 'Run it by hand from the project’s root until it exits with 0.',
  },
  metric_missing: {
    exit: 3,
    message: (f: { metric: string; expected: string; found: string }) =>
      `The metric ${f.metric} was not found: expected ${f.expected}, found ${f.found}.`,
    hint: () => 'Print the metric, or correct its `source` in the contract.',
  },
  output_not_deterministic: {
    exit: 3,
    message: (f: { what: string }) => `Two executions of the same code gave different output (${f.what}).`,
    hint: () =>
      'Pin what varies (seed, dates, order), compare less (`same_output: { json: … }` or a regex), or drop `same_output`.',
  },
  no_instrument: {
    exit: 3,
    message: (f: { metric: string; method: string }) =>
      `${f.metric} cannot be measured on this machine (best instrument: ${f.method}).`,
    hint: () => 'Install a C compiler (`cc`) or python3, or use `source: wall`.',
  },
  service_not_ready: {
    exit: 3,
    message: (f: { command: string; ready: string; seconds: number }) =>
      `The service did not become ready at ${f.ready} within ${f.seconds} s: ${f.command}`,
    hint: () => 'Start it by hand and open the address; correct `repro.service` in the contract.',
  },
} as const;

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((l) => `    ${l}`)
    .join('\n');
}
