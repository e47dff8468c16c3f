import type { Profiler } from './profiler.ts';

const js = ['javascript', 'typescript'];

/** Of Node. */
export const nodeProfilers: readonly Profiler[] = [
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
    tool: 'node-prof',
    title: 'node --prof: a table to read',
    languages: js,
    by: 'hand',
    output: 'prof.txt',
    present: ['node', '--version'],
    install:
      'Part of Node: run node --prof, then node --prof-process isolate-*.log. --cpu-prof tells the same as a file.',
  },
];
