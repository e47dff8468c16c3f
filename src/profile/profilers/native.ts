import type { Profiler } from './profiler.ts';

const native = ['rust', 'c', 'c++', 'go'];

/** valgrind also profiles the processes that the command starts, and writes a file for each process. */
const valgrind = (tool: string, options = '') =>
  `mkdir -p {output} && valgrind --tool=${tool} --trace-children=yes${options} --${tool}-out-file={output}/%p.out {command}`;

/** Profilers of compiled programs, then profilers of any command. */
export const nativeProfilers: readonly Profiler[] = [
  {
    tool: 'massif',
    title: 'valgrind --tool=massif',
    domains: ['memory_peak'],
    languages: native,
    by: 'command',
    command: valgrind('massif', ' --fullpath-after='),
    output: 'massif',
    present: ['valgrind', '--version'],
    install: 'apt-get install valgrind',
  },
  {
    tool: 'go-cpuprofile',
    title: 'go test -cpuprofile',
    languages: ['go'],
    runs: /\bgo test\b/,
    by: 'command',
    command: '{command} -cpuprofile={output}',
    output: 'cpu.pprof',
    present: ['go', 'version'],
    install: 'Part of Go.',
  },
  {
    tool: 'go-test-cpuprofile',
    title: 'the CPU profile of a test program of Go',
    languages: ['go'],
    runs: /\s-test\.bench\b/,
    by: 'command',
    command: '{command} -test.cpuprofile={output}',
    output: 'cpu.pprof',
    present: ['go', 'version'],
    install: 'Part of Go.',
  },
  {
    tool: 'go-pprof',
    title: 'runtime/pprof',
    languages: ['go'],
    by: 'hand',
    output: 'cpu.pprof',
    present: ['go', 'version'],
    install:
      'Part of Go: call pprof.StartCPUProfile in the program, or use net/http/pprof in a service; name the file in the contract: command: "{command}", output_path: cpu.pprof.',
  },
  {
    tool: 'samply',
    title: 'samply',
    languages: ['rust', 'c', 'c++'],
    by: 'command',
    command: 'samply record --save-only -o {output} -- {command}',
    output: 'profile.json.gz',
    present: ['samply', '--version'],
    install: 'cargo install samply',
  },
  {
    tool: 'cargo-flamegraph',
    title: 'cargo flamegraph',
    languages: ['rust'],
    by: 'command',
    command: "flamegraph --post-process 'tee '{output} -o {output}.svg -- {command}",
    output: 'profile.folded',
    present: ['flamegraph', '--version'],
    install: 'cargo install flamegraph',
  },
  {
    tool: 'perf',
    title: 'perf record',
    platform: 'linux',
    by: 'command',
    // The trap lets the shell survive the signal that ends a service. Finding source lines is slow in large programs, so the search is
    // stopped after 10 s.
    command:
      'trap : TERM; perf record -F 999 -g -o {output}.data -- {command}; code=$?; timeout 10 perf script -F +srcline -i {output}.data > {output} || perf script -i {output}.data > {output}; exit $code',
    output: 'perf.script',
    present: ['perf', '--version'],
    install: 'apt-get install linux-perf',
  },
  {
    tool: 'callgrind',
    title: 'valgrind --tool=callgrind: counts instructions, about 50 times slower',
    languages: native,
    by: 'command',
    command: valgrind('callgrind'),
    output: 'callgrind',
    present: ['valgrind', '--version'],
    install: 'apt-get install valgrind',
  },
  {
    tool: 'instruments-allocations',
    title: 'Instruments: Allocations',
    domains: ['memory_peak'],
    platform: 'darwin',
    by: 'command',
    command: 'xctrace record --template Allocations --output {output} --launch -- {command}',
    output: 'allocations.trace',
    present: ['xctrace', 'version'],
    install: 'Part of Xcode.',
  },
  {
    tool: 'instruments',
    title: 'Instruments: Time Profiler',
    platform: 'darwin',
    by: 'command',
    command: "xctrace record --template 'Time Profiler' --output {output} --launch -- {command}",
    output: 'profile.trace',
    present: ['xctrace', 'version'],
    install: 'Part of Xcode.',
  },
  {
    tool: 'hyperfine',
    title: 'hyperfine: times only, no hotspots',
    auto: false,
    domains: ['cli_startup', 'hook_latency'],
    by: 'command',
    command: "hyperfine --warmup 1 --runs 10 --export-json {output} '{command}'",
    output: 'hyperfine.json',
    present: ['hyperfine', '--version'],
    install: 'apt-get install hyperfine',
  },
  {
    tool: 'spans',
    title: 'spans that the program writes itself',
    auto: false,
    by: 'command',
    command: 'PERF_GATE_SPANS={output} {command}',
    output: 'spans.jsonl',
    present: [],
    install: 'The program appends a line for each part of its work, see docs/plan.md.',
  },
];
