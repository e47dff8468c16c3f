/**
 * A known format that perf-gate does not read. `what` describes the format. `how` says how to make a file that perf-gate can read. `FILE`
 * stands for the file.
 */
type Foreign = { what: string; how: string; recognise(head: Buffer, text: string): boolean };

const begins = (magic: string | number[]) => (head: Buffer) =>
  head.subarray(0, magic.length).equals(typeof magic === 'string' ? Buffer.from(magic, 'latin1') : Buffer.from(magic));
const holds = (pattern: RegExp) => (_: Buffer, text: string) => pattern.test(text);

/** Common formats that perf-gate does not read. The first entry that matches a file describes the file's format. */
const foreign: readonly Foreign[] = [
  {
    what: 'a recording of Java Flight Recorder',
    how: 'Convert it with the converter of async-profiler: `jfrconv --cpu -o collapsed FILE out.folded`.',
    recognise: begins('FLR\0'),
  },
  {
    what: 'raw data of perf',
    how: 'Print it as text: `perf script -i FILE > out.perf`.',
    recognise: (head) => begins('PERFILE2')(head) || begins('PERFFILE')(head),
  },
  {
    what: 'a legacy CPU profile of gperftools',
    how: 'Convert it with google/pprof: `go tool pprof -proto -output out.pb.gz PROGRAM FILE`.',
    recognise: isGperftools,
  },
  {
    what: 'a legacy text profile of pprof',
    how: 'Convert it with google/pprof: `go tool pprof -proto -output out.pb.gz PROGRAM FILE`.',
    recognise: holds(
      /^(?:heap profile: +\d+:|--- (?:contention|contentionz|mutex|threadz|thread|heapz|growthz|Memory map)\b|(?:goroutine|threadcreate) profile: total|heap_v2\/)/,
    ),
  },
  {
    what: 'a profile of GHC',
    how: 'Convert it with inferno: `inferno-collapse-ghcprof FILE > out.folded`.',
    recognise: holds(/^\s*.*Time and Allocation Profiling Report/),
  },
  {
    what: 'a profile of GHC as JSON',
    how: 'Run the program with `+RTS -p` for a text profile, and convert the text with inferno: `inferno-collapse-ghcprof PROGRAM.prof > out.folded`.',
    recognise: holds(/^\s*\{\s*"program"\s*:[\s\S]*"rts_arguments"\s*:/),
  },
  {
    what: 'the output of gprof',
    how: 'gprof keeps no stacks. Run the program with `perf record -g`, or with `valgrind --tool=callgrind`.',
    recognise: holds(
      /^(?:Flat profile:|\s*Call graph \(explanation follows\)|\s*granularity: each sample|.*cumulative +self +self +total|\f?.*called\/total +parents|index +% time +self +children +called +name)/m,
    ),
  },
  {
    what: 'raw data of gprof',
    how: 'gprof keeps no stacks. Run the program with `perf record -g`, or with `valgrind --tool=callgrind`.',
    recognise: begins('gmon'),
  },
  {
    what: 'the text of Java’s old agent HPROF',
    how: 'Use async-profiler instead: `asprof -e cpu -o collapsed -f out.folded PID`.',
    recognise: holds(/^JAVA PROFILE 1\.[\d.]+, created /),
  },
  {
    what: 'a heap dump of Java (HPROF)',
    how: 'Profile the allocations instead: `asprof -e alloc -o collapsed -f out.folded PID`.',
    recognise: begins('JAVA PROFILE 1.'),
  },
  {
    what: 'a trace of .NET',
    how: 'Convert it: `dotnet-trace convert --format Speedscope FILE`.',
    recognise: begins('Nettrace'),
  },
  {
    what: 'a heap snapshot of V8',
    how: 'A snapshot does not show which code allocated. Run `node --heap-prof script.js` instead.',
    recognise: holds(/^\s*\{\s*"snapshot"\s*:\s*\{/),
  },
  {
    what: 'the summary of `node --prof-process`',
    how: 'It contains no stacks. Pass the log that this file was made from, `isolate-….log`.',
    recognise: holds(/^Statistical profiling result from /),
  },
  {
    what: 'the output of `sample` of macOS',
    how: 'Convert it with inferno: `inferno-collapse-sample FILE > out.folded`.',
    recognise: holds(/^Analysis of sampling |^Call graph:$/m),
  },
  {
    what: 'the output of DTrace',
    how: 'Convert it with inferno: `inferno-collapse-dtrace FILE > out.folded`.',
    recognise: holds(/^CPU\s+ID\s+FUNCTION:NAME|^\s+\S+`\S+\n(?:\s+\S+`\S+\n)+\s+\d+$/m),
  },
  {
    what: 'a table of VTune',
    how: 'Convert it with inferno: `inferno-collapse-vtune FILE > out.folded`.',
    recognise: holds(/^Function Stack,/m),
  },
  {
    what: 'a table of functions that Visual Studio exported',
    how: 'Convert it with inferno: `inferno-collapse-vsprof FILE > out.folded`.',
    recognise: holds(/^\W{0,3}Level,Function Name,/),
  },
  {
    what: 'an export of Instruments',
    how: 'Convert it with inferno: `inferno-collapse-xctrace FILE > out.folded`.',
    recognise: holds(/<trace-query-result>|<trace-toc/),
  },
  {
    what: 'a tree that was copied from Instruments',
    how: 'Paste it into speedscope and pass the profile that speedscope exports. Or export the trace with `xctrace` and convert it with inferno’s `inferno-collapse-xctrace`.',
    recognise: holds(/^(?:Running Time\tSelf|Weight\tSelf Weight\t|Bytes Used\tCount\t)/),
  },
  {
    what: 'a recording of Safari',
    how: 'Open it in speedscope, and pass the profile that speedscope exports.',
    recognise: holds(/^\s*\{\s*"version"\s*:\s*\d+,\s*"recording"\s*:/),
  },
  {
    what: 'a call graph of pmcstat',
    how: 'Open it in speedscope, and pass the profile that speedscope exports.',
    recognise: holds(/^@ \S+ \[\d+ samples\]/),
  },
  {
    what: 'the output of `node --prof-process --preprocess`',
    how: 'Pass the log that this file was made from, `isolate-….log`.',
    recognise: holds(/^\s*\{\s*"code"\s*:\s*\[\s*\{/),
  },
  {
    what: 'the output of DHAT',
    how: 'Open it in the Firefox Profiler, and pass the profile that the Firefox Profiler saves.',
    recognise: holds(/^\s*\{\s*"dhatFileVersion"\s*:/),
  },
  {
    what: 'a method trace of Android',
    how: 'Open it in the Firefox Profiler, and pass the profile that the Firefox Profiler saves.',
    recognise: (head) => begins('*version\n')(head) || begins('SLOW')(head),
  },
  {
    what: 'a recording of simpleperf',
    how: 'Open it in the Firefox Profiler, and pass the profile that the Firefox Profiler saves.',
    recognise: begins('SIMPLEPERF'),
  },
  {
    what: 'a drawn flame graph',
    how: 'A picture holds only rounded shares. Pass the profile or the folded stacks from which the picture was drawn.',
    recognise: holds(/<svg\b/),
  },
  {
    what: 'EXPLAIN in XML',
    how: 'Ask for JSON: EXPLAIN (ANALYZE, FORMAT JSON).',
    recognise: holds(/<explain xmlns="http:\/\/www\.postgresql\.org/),
  },
  {
    what: 'a trace of Perfetto',
    how: 'Convert it: `traceconv json FILE out.json`.',
    recognise: (head, text) => head[0] === 0x0a && /linux\.ftrace|perfetto/.test(text),
  },
  {
    what: 'OpenTelemetry data as protobuf',
    how: 'Let the collector’s file exporter write JSON (`format: json`).',
    recognise: (head, text) => head[0] === 0x0a && /service\.name|telemetry\.sdk/.test(text),
  },
  {
    what: 'SQL',
    how: 'Save the output of EXPLAIN (ANALYZE, FORMAT JSON) for the query.',
    recognise: holds(
      /^\s*(?:--.*\n\s*)*(?:select|insert|update|delete|with|create|explain)\s[^;]*(?:;|\bfrom\b|\binto\b|\bset\b)/i,
    ),
  },
];

/** The file begins with words of 4 or 8 bytes: 0, 3, the version (1 for Java), the sampling period in µs, 0. */
function isGperftools(head: Buffer): boolean {
  const words = (size: 4 | 8, isLittle: boolean) =>
    [0, 1, 2, 3, 4].map((i) => {
      const at = i * size;
      if (head.length < at + size) return -1;
      if (size === 4) return isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at);
      return Number(isLittle ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at));
    });
  return ([4, 8] as const).some((size) =>
    [true, false].some((isLittle) => {
      const [a, b, c, period, e] = words(size, isLittle);
      return a === 0 && b === 3 && (c === 0 || c === 1) && period! > 0 && period! < 1e7 && e === 0;
    }),
  );
}

/** The description of a known format that perf-gate does not read, and advice. Undefined for a file of any other format. */
export function foreignFormat(bytes: Uint8Array, file: string): { what: string; how: string } | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 20_000));
  const text = head.toString('utf8');
  const found = foreign.find(({ recognise }) => recognise(head, text));
  return found && { what: found.what, how: found.how.replaceAll('FILE', file) };
}
