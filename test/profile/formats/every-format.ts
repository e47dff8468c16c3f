import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from './pprof.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const lines = (...all: string[]) => Buffer.from(`${all.join('\n')}\n`);

const call = (functionName: string, url: string, lineNumber: number) => ({
  functionName,
  scriptId: '1',
  url,
  lineNumber,
  columnNumber: 0,
});

const cpuprofile = {
  nodes: [
    { id: 1, callFrame: call('(root)', '', -1), children: [2], hitCount: 0 },
    { id: 2, callFrame: call('main', 'file:///app/m.js', 0), children: [3, 4], hitCount: 1 },
    { id: 3, callFrame: call('work', 'file:///app/m.js', 4), hitCount: 2, children: [] },
    { id: 4, callFrame: call('(garbage collector)', '', -1), hitCount: 1, children: [] },
  ],
  startTime: 0,
  endTime: 4000,
  samples: [2, 3, 3, 4],
  timeDeltas: [1000, 1000, 1000, 1000],
};

const heapprofile = {
  head: {
    callFrame: call('(root)', '', -1),
    selfSize: 0,
    id: 1,
    children: [{ callFrame: call('keep', 'file:///app/m.js', 2), selfSize: 800, id: 2, children: [] }],
  },
  samples: [{ size: 800, nodeId: 2, ordinal: 1 }],
};

const speedscope = {
  $schema: 'https://www.speedscope.app/file-format-schema.json',
  shared: { frames: [{ name: 'main', file: '/app/m.js', line: 1 }] },
  profiles: [{ type: 'sampled', name: 'x', unit: 'none', startValue: 0, endValue: 1, samples: [[0]], weights: [1] }],
};

const firefox = {
  meta: { interval: 2 },
  libs: [],
  threads: [
    {
      samples: { stack: [1, 1, 0], weight: null, weightType: 'samples', length: 3 },
      stackTable: { prefix: [null, 0], frame: [0, 1], length: 2 },
      frameTable: { func: [0, 1], line: [null, 7], length: 2 },
      funcTable: { name: [0, 1], fileName: [2, 2], lineNumber: [null, null], resource: [-1, -1], length: 2 },
      stringArray: ['main', 'work', '/app/m.rs'],
    },
  ],
};

const visualizer = {
  version: 2,
  tree: { name: 'root', children: [{ name: 'a.js', children: [{ name: 'src/a.js', uid: '1' }] }] },
  nodeParts: { 1: { renderedLength: 100, gzipLength: 1, brotliLength: 1, metaUid: 'm' } },
  nodeMetas: { m: { id: '/src/a.js', moduleParts: { 'a.js': '1' }, imported: [], importedBy: [], isEntry: true } },
};

const otlpSpan = (spanId: string, parentSpanId: string, [from, to]: [number, number]) => ({
  traceId: '1',
  spanId,
  parentSpanId,
  name: `span ${spanId}`,
  startTimeUnixNano: `${from}000000`,
  endTimeUnixNano: `${to}000000`,
});
const spans = [otlpSpan('a', '', [0, 100]), otlpSpan('b', 'a', [10, 60])];

/** A small profile of every format that is read: its bytes, by the name of a file that it may have. Projects lay in `/app`. */
export const everyFormat: Record<string, [file: string, bytes: Uint8Array]> = {
  cpuprofile: ['a.cpuprofile', json(cpuprofile)],
  heapprofile: ['a.heapprofile', json(heapprofile)],
  // what Python's marshal writes of {("m.py", 1, "m"): (1, 1, 0.5, 0.5, {})}
  pstats: [
    'a.pstats',
    Buffer.from('fba903fa046d2e7079e901000000da016d290572030000007203000000e7000000000000e03f72050000007b3030', 'hex'),
  ],
  'pstats-json': [
    'profile.json',
    json({
      total_tt: 0.5,
      func_profiles: { m: { ncalls: '1', tottime: 0.5, cumtime: 0.5, file_name: '/app/m.py', line_number: 1 } },
    }),
  ],
  'pstats-text': [
    'profile.txt',
    lines(
      '         1 function calls in 0.500 seconds',
      '',
      '   ncalls  tottime  percall  cumtime  percall filename:lineno(function)',
      '        1    0.500    0.500    0.500    0.500 /app/m.py:1(m)',
    ),
  ],
  'explain-analyze': ['plan.json', fixture('plan.json')],
  metafile: ['meta.json', fixture('meta.json')],
  visualizer: ['stats.json', json(visualizer)],
  'source-map-explorer': [
    'sizes.json',
    json({ results: [{ bundleName: 'a.js', totalBytes: 10, files: { 'src/a.js': { size: 10 } } }] }),
  ],
  rolldown: [
    'analyze-data.json',
    json({ meta: { bundler: 'rolldown' }, chunks: [], modules: [{ path: 'src/a.js', size: 10 }] }),
  ],
  'v8-log': [
    'isolate-0x1-2-v8.log',
    lines(
      'v8-version,11,3,244,8,-node.38,0',
      'profiler,begin,1000',
      'code-creation,JS,10,1,0x1000,256,main /app/m.js:1:1,0x1,~',
      'code-creation,JS,10,1,0x2000,256,work /app/m.js:5:1,0x1,*',
      'tick,0x2010,2,0,0x0,0,0x1010',
      'tick,0x1010,3,0,0x0,0',
    ),
  ],
  webpack: ['webpack-stats.json', fixture('webpack-stats.json')],
  speedscope: ['a.speedscope.json', json(speedscope)],
  'chrome-trace': ['trace.json', fixture('trace.json')],
  firefox: ['firefox.json', json(firefox)],
  stackprof: [
    'stackprof.json',
    json({
      version: 1.2,
      mode: 'wall',
      interval: 1000,
      frames: { 7: { name: 'work', file: '/app/a.rb', line: 3, samples: 2, total_samples: 2 } },
      raw: [1, 7, 2],
    }),
  ],
  callgrind: [
    'callgrind.out.1',
    lines(
      '# callgrind format',
      'events: Ir',
      'fl=(1) /app/a.c',
      'fn=(1) main',
      '1 10',
      'cfn=(2) f',
      'calls=1 2',
      '2 5',
      'fn=(2)',
      '2 5',
    ),
  ],
  massif: ['massif.out', fixture('massif.out')],
  'perf-script': ['perf.script', fixture('perf.script')],
  spans: ['spans.jsonl', lines('{"span": "request", "ms": 100}', '{"span": "db", "ms": 30, "parent": "request"}')],
  otlp: ['otlp.json', json({ resourceSpans: [{ scopeSpans: [{ spans }] }] })],
  'server-timing': ['headers.txt', lines('Server-Timing: db;dur=53.5, app;dur=46.5')],
  collapsed: ['stacks.folded', lines('main (/app/m.py:9);work (/app/m.py:3) 30', 'main (/app/m.py:9) 10')],
  pprof: ['cpu.pprof', encode(false)],
};
