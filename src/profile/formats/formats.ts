import type { Profile } from '../model.ts';
import { jsonKeys } from '../parsing/json-shape.ts';
import { looksLikePlan } from '../parsing/plan-text.ts';
import { isPprof } from '../parsing/pprof-shape.ts';
import { looksLikeCallgrind, readCallgrind } from './callgrind.ts';
import { looksLikeChromeTrace, readChromeTrace } from './chrome-trace.ts';
import { looksCollapsed, readCollapsed } from './collapsed.ts';
import { readCpuProfile } from './cpuprofile.ts';
import { readExplain } from './explain.ts';
import { looksLikeFirefox, readFirefox } from './firefox.ts';
import { readHeapProfile } from './heapprofile.ts';
import { looksLikeMassif, readMassif } from './massif.ts';
import { readMetafile } from './metafile.ts';
import { looksLikeOtlp, readOtlp } from './otlp.ts';
import { looksLikePerfScript, readPerfScript } from './perf-script.ts';
import { readPprof } from './pprof.ts';
import { looksLikePstats, readPstats } from './pstats.ts';
import { looksLikePstatsJson, readPstatsJson } from './pstats-json.ts';
import { looksLikePstatsText, readPstatsText } from './pstats-text.ts';
import { looksLikeRolldown, readRolldown } from './rolldown.ts';
import { looksLikeServerTiming, readServerTiming } from './server-timing.ts';
import { readSourceMapExplorer } from './source-map-explorer.ts';
import { looksLikeSpans, readSpans } from './spans.ts';
import { looksLikeSpeedscope, readSpeedscope } from './speedscope.ts';
import { readStackprof } from './stackprof.ts';
import { readV8Log } from './v8-log.ts';
import { readVisualizer } from './visualizer.ts';
import { looksLikeWebpack, readWebpack } from './webpack.ts';

/** A profile format: its recognition, its reader, and its description in the manual. */
export type Format = {
  name: string;
  /** The tools that write the format. Markdown, for docs/profile-formats.md. */
  writtenBy: string;
  /** The unit of the format's amounts. Text, for docs/profile-formats.md. */
  unit: string;
  /** Whether a file has the format, by its name and its first bytes (already unpacked). */
  recognise(bytes: Uint8Array, file: string): boolean;
  /** A noun for what `--value` selects, such as `event`. Absent if each file of the format holds only one kind of value. */
  values?: string;
  /**
   * `value`: the name of the value to read, if the file holds several. By default, the reader chooses a value.
   * @throws profile_unreadable, profile_value
   */
  read(bytes: Uint8Array, file: string, value?: string): Profile | Promise<Profile>;
};

/** How many of a file's first bytes are enough to recognise any format. */
export const headBytes = 65_536;

/** Every format that is read. The first format that recognises a file reads it. To add a format, write a reader and add a row here. */
export const formats: readonly Format[] = [
  {
    name: 'cpuprofile',
    writtenBy: '`node --cpu-prof`, Chrome, v8-profiler-next',
    unit: 'ms',
    recognise(bytes, file) {
      const keys = keysOf(bytes);
      const holds = (...any: string[]) => any.some((key) => keys.includes(key));
      const isToday = keys[0] === 'nodes' || (holds('nodes') && holds('startTime', 'endTime', 'samples', 'timeDeltas'));
      const isOlder = holds('head') && holds('typeId', 'startTime', 'endTime', 'timestamps');
      return /\.cpuprofile(\.gz)?$/.test(file) || isToday || isOlder;
    },
    read: readCpuProfile,
  },
  {
    name: 'v8-log',
    writtenBy: '`node --prof` (`isolate-….log`)',
    unit: 'ms',
    recognise: (bytes) => /^(?:v8-version|v8-platform|shared-library|profiler),/.test(start(bytes)),
    read: readV8Log,
  },
  {
    name: 'heapprofile',
    writtenBy: '`node --heap-prof`, Chrome',
    unit: 'bytes',
    recognise: (bytes, file) => /\.heapprofile(\.gz)?$/.test(file) || isOnly(keysOf(bytes), ['head'], ['samples']),
    read: readHeapProfile,
  },
  {
    name: 'pstats',
    writtenBy: 'Python’s cProfile; the dict `pstats.Stats(…).stats` is also read as JSON, with its keys as text',
    unit: 'ms',
    recognise: (bytes) => looksLikePstats(bytes, start(bytes)),
    read: readPstats,
  },
  {
    name: 'pstats-json',
    writtenBy: '`get_stats_profile()`, by `dataclasses.asdict` as JSON',
    unit: 'ms',
    recognise: (bytes) => looksLikePstatsJson(start(bytes, 4096)),
    read: readPstatsJson,
  },
  {
    name: 'explain-analyze',
    writtenBy:
      '`EXPLAIN ANALYZE` of PostgreSQL (JSON or text, as psql prints it or auto_explain logs it) and MySQL: own time of each node of the plan',
    unit: 'ms',
    recognise: (bytes) => looksLikePlan(start(bytes, headBytes)),
    read: readExplain,
  },
  {
    name: 'metafile',
    writtenBy: '`esbuild --metafile=meta.json`',
    unit: 'bytes',
    recognise: (bytes) => isOnly(keysOf(bytes), ['inputs'], ['outputs']) || isOnly(keysOf(bytes), ['outputs'], []),
    read: readMetafile,
  },
  {
    name: 'visualizer',
    writtenBy: 'rollup-plugin-visualizer and vite-bundle-visualizer, as raw data',
    unit: 'bytes',
    recognise: (bytes) =>
      isOnly(keysOf(bytes), ['version', 'tree'], ['nodes', 'nodeParts', 'nodeMetas', 'env', 'options']),
    read: readVisualizer,
  },
  {
    name: 'source-map-explorer',
    writtenBy: '`source-map-explorer --json`',
    unit: 'bytes',
    recognise: (bytes) =>
      keysOf(bytes).includes('results') && /\[\s*\{\s*"(?:bundleName|totalBytes)"\s*:/.test(start(bytes, 4096)),
    read: readSourceMapExplorer,
  },
  {
    name: 'rolldown',
    writtenBy: '`bundleAnalyzerPlugin` of rolldown and vite: `analyze-data.json`',
    unit: 'bytes of the sources',
    recognise: (bytes) => looksLikeRolldown(start(bytes, headBytes)),
    read: readRolldown,
  },
  {
    name: 'webpack',
    writtenBy: '`webpack --json=stats.json`, Rspack',
    unit: 'bytes of the sources',
    recognise: (bytes) => looksLikeWebpack(start(bytes, headBytes)),
    read: readWebpack,
  },
  {
    name: 'speedscope',
    writtenBy: 'speedscope, py-spy, rbspy',
    unit: 'the unit that the file names',
    values: 'unit',
    recognise: (bytes) => looksLikeSpeedscope(start(bytes, 4096)),
    read: readSpeedscope,
  },
  {
    name: 'chrome-trace',
    writtenBy:
      'Chrome’s Performance panel, Playwright, Puppeteer, Hermes; clang’s `-ftime-trace`, `tsc --generateTrace`, viztracer and Bazel write no samples, so their events are read',
    unit: 'ms',
    recognise: (bytes) => looksLikeChromeTrace(start(bytes, headBytes)),
    read: readChromeTrace,
  },
  {
    name: 'firefox',
    writtenBy: 'Firefox Profiler, samply; Firefox itself (the raw format of Gecko)',
    unit: 'ms, bytes or samples',
    values: 'type of weights',
    recognise: (bytes) => looksLikeFirefox(start(bytes, 4096)),
    read: readFirefox,
  },
  {
    name: 'stackprof',
    writtenBy: 'Ruby’s stackprof, as JSON (`stackprof --json`, `StackProf.run`)',
    unit: 'ms or samples',
    recognise: (bytes) =>
      ['version', 'mode'].every((key) => keysOf(bytes).includes(key)) &&
      ['interval', 'frames'].some((key) => keysOf(bytes).includes(key)),
    read: readStackprof,
  },
  {
    name: 'callgrind',
    writtenBy: '`valgrind --tool=callgrind`',
    unit: 'instructions',
    values: 'event',
    recognise: (bytes) => looksLikeCallgrind(start(bytes, headBytes)),
    read: readCallgrind,
  },
  {
    name: 'massif',
    writtenBy: '`valgrind --tool=massif --fullpath-after=`: the peak',
    unit: 'bytes',
    recognise: (bytes) => looksLikeMassif(start(bytes, 4096)),
    read: readMassif,
  },
  {
    name: 'perf-script',
    writtenBy: '`perf script` after `perf record -g`',
    unit: 'samples',
    values: 'event',
    recognise: (bytes) => looksLikePerfScript(start(bytes, headBytes)),
    read: readPerfScript,
  },
  {
    name: 'spans',
    writtenBy: 'the program itself, into `PERF_GATE_SPANS`: [plan.md](plan.md#spans)',
    unit: 'ms',
    recognise: (bytes) => looksLikeSpans(start(bytes, 4096)),
    read: readSpans,
  },
  {
    name: 'otlp',
    writtenBy: 'OpenTelemetry’s exporters of traces, as JSON: [plan.md](plan.md#spans)',
    unit: 'ms',
    recognise: (bytes) => looksLikeOtlp(start(bytes, 4096)),
    read: readOtlp,
  },
  {
    name: 'server-timing',
    writtenBy: 'a server, in its `Server-Timing` headers: [plan.md](plan.md#spans)',
    unit: 'ms',
    recognise: (bytes) => looksLikeServerTiming(start(bytes, headBytes)),
    read: readServerTiming,
  },
  {
    name: 'pstats-text',
    writtenBy: 'the table that `python3 -m cProfile` and `print_stats()` print',
    unit: 'ms',
    recognise: looksLikePstatsText,
    read: readPstatsText,
  },
  {
    name: 'collapsed',
    writtenBy: 'stackcollapse, inferno, `py-spy record --format raw`, cargo flamegraph’s `--post-process`',
    unit: 'samples',
    recognise: (bytes) => looksCollapsed(start(bytes, headBytes)),
    read: readCollapsed,
  },
  {
    name: 'pprof',
    writtenBy: 'Go, pprof-rs, datadog',
    unit: 'ms, bytes or samples',
    values: 'type of value',
    // a broken file with one of these endings counts as pprof too, so that the error says what is broken
    recognise: (bytes, file) => isPprof(bytes) || (/\.(pprof|pb)(\.gz)?$/.test(file) && bytes.includes(0)),
    read: readPprof,
  },
];

/** The keys of a JSON object, in the order of the file. */
const keysOf = (bytes: Uint8Array) => jsonKeys(start(bytes, headBytes));

/** Whether an object has all keys of `required`, and no other keys except `optional`. */
const isOnly = (keys: readonly string[], required: readonly string[], optional: readonly string[]) =>
  required.every((key) => keys.includes(key)) && keys.every((key) => required.includes(key) || optional.includes(key));

function start(bytes: Uint8Array, length = 100): string {
  return new TextDecoder().decode(bytes.subarray(0, length));
}
