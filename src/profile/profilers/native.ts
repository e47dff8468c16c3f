import type { Profiler } from './profiler.ts';

const native = ['rust', 'c', 'c++', 'go'];

/** With the processes that the command starts, each in a file of its own. */
const valgrind = (tool: string, options = '') =>
  `mkdir -p {output} && valgrind --tool=${tool} --trace-children=yes${options} --${tool}-out-file={output}/%p.out {command}`;

/** Of what is compiled, and of everything that the system can look into. */
export const nativeProfilers: readonly Profiler[] = [
  {
    tool: 'massif',
    title: 'valgrind --tool=massif',
    domains: ['memory_peak'],
    languages: native,
    command: valgrind('massif', ' --fullpath-after='),
    by: 'command',
    output: 'massif',
    present: ['valgrind', '--version'],
    install: 'apt-get install valgrind',
  },
  {
    tool: 'go-cpuprofile',
    title: 'go test -cpuprofile',
    languages: ['go'],
    runs: /\bgo test\b/,
    command: '{command} -cpuprofile={output}',
    by: 'command',
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
      'Part of Go: pprof.StartCPUProfile in the program, in a service net/http/pprof; name the file: command: "{command}", output_path: cpu.pprof.',
  },
  {
    tool: 'samply',
    title: 'samply',
    languages: ['rust', 'c', 'c++'],
    command: 'samply record --save-only -o {output} -- {command}',
    by: 'command',
    output: 'profile.json.gz',
    present: ['samply', '--version'],
    install: 'cargo install samply',
  },
  {
    tool: 'cargo-flamegraph',
    title: 'cargo flamegraph',
    languages: ['rust'],
    command: "flamegraph --post-process 'tee '{output} -o {output}.svg -- {command}",
    by: 'command',
    output: 'profile.folded',
    present: ['flamegraph', '--version'],
    install: 'cargo install flamegraph',
  },
  {
    tool: 'perf',
    title: 'perf record',
    platform: 'linux',
    // The trap lets the shell outlive the signal that ends a service. Lines are slow to find in large programs.
    command:
      'trap : TERM; perf record -F 999 -g -o {output}.data -- {command}; code=$?; timeout 10 perf script -F +srcline -i {output}.data > {output} || perf script -i {output}.data > {output}; exit $code',
    by: 'command',
    output: 'perf.script',
    present: ['perf', '--version'],
    install: 'apt-get install linux-perf',
  },
  {
    tool: 'callgrind',
    title: 'valgrind --tool=callgrind: counts instructions, some 50 times slower',
    languages: native,
    command: valgrind('callgrind'),
    by: 'command',
    output: 'callgrind',
    present: ['valgrind', '--version'],
    install: 'apt-get install valgrind',
  },
  {
    tool: 'instruments-allocations',
    title: 'Instruments: Allocations',
    domains: ['memory_peak'],
    platform: 'darwin',
    command: 'xctrace record --template Allocations --output {output} --launch -- {command}',
    by: 'command',
    output: 'allocations.trace',
    present: ['xctrace', 'version'],
    install: 'Part of Xcode.',
  },
  {
    tool: 'instruments',
    title: 'Instruments: Time Profiler',
    platform: 'darwin',
    command: "xctrace record --template 'Time Profiler' --output {output} --launch -- {command}",
    by: 'command',
    output: 'profile.trace',
    present: ['xctrace', 'version'],
    install: 'Part of Xcode.',
  },
];
