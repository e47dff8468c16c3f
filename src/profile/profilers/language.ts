import type { Profiler } from './profiler.ts';

/** Of languages with a runtime of their own. */
export const languageProfilers: readonly Profiler[] = [
  {
    tool: 'tracemalloc',
    title: 'tracemalloc: what Python itself holds at the peak',
    domains: ['memory_peak'],
    languages: ['python'],
    by: 'engine',
    output: 'memory.speedscope.json',
    present: ['python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 8))'],
    install: 'Needs Python 3.8 or newer.',
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
    title: 'cProfile: counts every call of the main thread, and slows calls down',
    languages: ['python'],
    service: false,
    by: 'engine',
    output: 'profile.pstats',
    present: ['python3', '--version'],
    install: 'Part of Python; snakeviz draws what it writes.',
  },
  {
    tool: 'python-calls',
    title: 'calls of all threads and processes of Python, by their CPU time',
    languages: ['python'],
    by: 'engine',
    output: 'profile.pstats',
    present: ['python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 7))'],
    install: 'Needs Python 3.7 or newer.',
  },
  {
    tool: 'rbspy',
    title: 'rbspy',
    languages: ['ruby'],
    command: 'rbspy record --format speedscope --file {output} -- {command}',
    by: 'command',
    output: 'rbspy.speedscope.json',
    present: ['rbspy', '--version'],
    install: 'cargo install rbspy',
  },
  {
    tool: 'async-profiler',
    title: 'async-profiler',
    languages: ['java'],
    // the agent reads this variable in every Java that the command starts
    command:
      'JAVA_TOOL_OPTIONS=-agentpath:"$ASYNC_PROFILER"/lib/libasyncProfiler.so=start,event=cpu,collapsed,file={output} {command}',
    by: 'command',
    output: 'profile.folded',
    present: ['sh', '-c', 'test -d "$ASYNC_PROFILER"/lib'],
    install: 'Unpack a release of async-profiler, and set ASYNC_PROFILER to its folder.',
  },
];
