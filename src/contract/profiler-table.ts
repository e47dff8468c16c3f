import type { DomainName } from './schema.ts';

/** A profiler worth recommending. */
export type Profiler = {
  tool: string;
  title: string;
  /** Where it fits; left out means everywhere. */
  domains?: readonly DomainName[];
  languages?: readonly string[];
  /** Only on this operating system. */
  platform?: 'linux' | 'darwin';
  /** Only where recon saw this tool in the project. */
  beside?: string;
  /**
   * The command, `{command}` standing for the repro and `{output}` for the file to write. None: the engine runs it by itself
   * (`by: engine`), or somebody must by hand (`by: hand`).
   */
  command?: string;
  by: 'command' | 'engine' | 'hand';
  /** Name of the file it writes; the ending tells the format. */
  output: string;
  /** A command that exits with 0 where the tool is there; empty when there is nothing to ask. */
  present: readonly string[];
  install: string;
};

const js = ['javascript', 'typescript'];
const native = ['rust', 'c', 'c++', 'go'];

/** Best first: the first that fits is recommended, the specific before the general. */
export const profilers: readonly Profiler[] = [
  {
    tool: 'chrome-devtools',
    title: 'Chrome DevTools performance trace',
    domains: ['render_fps'],
    languages: js,
    by: 'hand',
    output: 'trace.json',
    present: [],
    install:
      'In an agent: the Chrome DevTools MCP server, performance_start_trace; by hand: the Performance panel, “Save profile”.',
  },
  {
    tool: 'vite-bundle-visualizer',
    title: 'vite-bundle-visualizer',
    domains: ['bundle_size'],
    languages: js,
    beside: 'vite',
    command: 'npx vite-bundle-visualizer -t raw-data -o {output} --open false',
    by: 'command',
    output: 'bundle.json',
    present: ['npx', '--no-install', 'vite-bundle-visualizer', '--help'],
    install: 'npm install --save-dev vite-bundle-visualizer',
  },
  {
    tool: 'source-map-explorer',
    title: 'source-map-explorer',
    domains: ['bundle_size'],
    languages: js,
    command: "{command} && npx source-map-explorer 'dist/**/*.js' --json {output}",
    by: 'command',
    output: 'bundle.json',
    present: ['npx', '--no-install', 'source-map-explorer', '--version'],
    install: 'npm install --save-dev source-map-explorer, and build with source maps',
  },
  {
    tool: 'esbuild-metafile',
    title: 'the metafile of esbuild',
    domains: ['bundle_size'],
    languages: js,
    by: 'hand',
    output: 'meta.json',
    present: [],
    install: 'Build with esbuild --metafile=meta.json, and name it: command: "{command}", output_path: meta.json.',
  },
  {
    tool: 'explain-analyze',
    title: 'EXPLAIN ANALYZE and pg_stat_statements',
    domains: ['db_query'],
    by: 'hand',
    output: 'plan.json',
    present: ['psql', '--version'],
    install:
      'Run the query with EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON); CREATE EXTENSION pg_stat_statements for many queries.',
  },
  {
    tool: 'node-heap-prof',
    title: 'node --heap-prof',
    domains: ['memory_peak'],
    languages: js,
    by: 'engine',
    output: 'memory.heapprofile',
    present: ['node', '--version'],
    install: 'Part of Node.',
  },
  {
    tool: 'tracemalloc',
    title: 'tracemalloc',
    domains: ['memory_peak'],
    languages: ['python'],
    by: 'hand',
    output: 'memory.txt',
    present: ['python3', '--version'],
    install: 'Part of Python: PYTHONTRACEMALLOC=25, and print snapshot.statistics("lineno") at the peak.',
  },
  {
    tool: 'massif',
    title: 'valgrind --tool=massif',
    domains: ['memory_peak'],
    languages: native,
    command: 'valgrind --tool=massif --fullpath-after= --massif-out-file={output} {command}',
    by: 'command',
    output: 'massif.out',
    present: ['valgrind', '--version'],
    install: 'apt-get install valgrind',
  },
  {
    tool: 'node-cpu-prof',
    title: 'node --cpu-prof',
    languages: js,
    by: 'engine',
    output: 'profile.cpuprofile',
    present: ['node', '--version'],
    install: 'Part of Node.',
  },
  {
    tool: 'clinic-flame',
    title: 'clinic flame',
    languages: js,
    command: 'clinic flame --collect-only --dest {output} -- {command}',
    by: 'command',
    output: 'clinic-flame',
    present: ['clinic', '--version'],
    install: 'npm install --global clinic',
  },
  {
    tool: 'clinic-doctor',
    title: 'clinic doctor',
    languages: js,
    command: 'clinic doctor --collect-only --dest {output} -- {command}',
    by: 'command',
    output: 'clinic-doctor',
    present: ['clinic', '--version'],
    install: 'npm install --global clinic',
  },
  {
    tool: 'py-spy',
    title: 'py-spy',
    languages: ['python'],
    command: 'py-spy record --format raw -o {output} -- {command}',
    by: 'command',
    output: 'profile.folded',
    present: ['py-spy', '--version'],
    install: 'pip install py-spy',
  },
  {
    tool: 'cprofile',
    title: 'cProfile: counts every call, and slows calls down',
    languages: ['python'],
    by: 'engine',
    output: 'profile.pstats',
    present: ['python3', '--version'],
    install: 'Part of Python.',
  },
  {
    tool: 'go-cpuprofile',
    title: 'go test -cpuprofile, or runtime/pprof',
    languages: ['go'],
    command: '{command} -cpuprofile={output}',
    by: 'command',
    output: 'cpu.pprof',
    present: ['go', 'version'],
    install: 'Part of Go; for a program, start runtime/pprof in it.',
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
    tool: 'callgrind',
    title: 'valgrind --tool=callgrind: counts instructions, some 50 times slower',
    languages: native,
    command: 'valgrind --tool=callgrind --callgrind-out-file={output} {command}',
    by: 'command',
    output: 'callgrind.out',
    present: ['valgrind', '--version'],
    install: 'apt-get install valgrind',
  },
  {
    tool: 'perf',
    title: 'perf record',
    platform: 'linux',
    command: 'perf record -F 999 -g -o {output}.data -- {command} && perf script -i {output}.data > {output}',
    by: 'command',
    output: 'perf.script',
    present: ['perf', '--version'],
    install: 'apt-get install linux-perf',
  },
  {
    tool: 'instruments',
    title: 'Instruments (Time Profiler; Allocations for memory)',
    platform: 'darwin',
    command: "xctrace record --template 'Time Profiler' --output {output} --launch -- {command}",
    by: 'command',
    output: 'profile.trace',
    present: ['xctrace', 'version'],
    install: 'Part of Xcode.',
  },
  {
    tool: 'hyperfine',
    title: 'hyperfine: times only, no hotspots',
    domains: ['cli_startup', 'hook_latency'],
    command: "hyperfine --warmup 1 --runs 10 --export-json {output} '{command}'",
    by: 'command',
    output: 'hyperfine.json',
    present: ['hyperfine', '--version'],
    install: 'apt-get install hyperfine',
  },
  {
    tool: 'spans',
    title: 'spans that the program writes itself',
    command: 'PERF_GATE_SPANS={output} {command}',
    by: 'command',
    output: 'spans.jsonl',
    present: [],
    install: 'The program appends a line for each part of its work, see docs/plan.md.',
  },
];
