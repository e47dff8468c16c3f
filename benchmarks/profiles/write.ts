import { Function as Fn, Line, Location, Profile as Pprof, Sample, StringTable, ValueType } from 'pprof-format';
import { append } from '../../src/core/fs.ts';

/** Kinds of large profiles; for some formats both a typical one and the worst case for a reader. */
export const kinds = [
  'cpuprofile',
  'cpuprofile of many functions',
  'heapprofile',
  'chrome-trace',
  'speedscope',
  'speedscope of events',
  'firefox',
  'collapsed',
  'pprof',
] as const;
/** Whether a kind is JSON. */
export const isJson = (kind: Kind) => kind !== 'collapsed' && kind !== 'pprof';
export type Kind = (typeof kinds)[number];

const functions = 2000;
const depth = 24;
/** Different stacks, as many as in a program of moderate size. */
const stacks = Array.from({ length: 20_000 }, (_, i) =>
  Array.from({ length: depth }, (_, d) => (d === 0 ? 0 : (i * 31 + d * d * 17 * (1 + (i >> d))) % functions)),
);
const name = (f: number) => `function${f}`;
const fileOf = (f: number) => `/app/src/module${f % 97}.js`;

/** Writes a profile of about `bytes` bytes, and returns its exact size. */
export function writeProfile(kind: Kind, file: string, bytes: number): number {
  let written = 0;
  const out = (text: string | Uint8Array) => {
    append(file, text);
    written += text.length;
  };
  writers[kind](out, () => written < bytes, bytes);
  return written;
}

type Writer = (out: (text: string | Uint8Array) => void, more: () => boolean, bytes: number) => void;

const writers: Record<Kind, Writer> = {
  collapsed(out, more) {
    for (let n = 0; more(); n += 2000) {
      const line = (i: number) =>
        `${stacks[i % stacks.length]!.map((f) => `${name(f)} (${fileOf(f)}:${f + 1})`).join(';')} ${1 + (i % 5)}\n`;
      out(Array.from({ length: 2000 }, (_, i) => line(n + i)).join(''));
    }
  },
  speedscope(out, more) {
    speedscopeHead(out, 'sampled');
    out('"samples":[[0]');
    let n = 1;
    for (; more(); n += 2000)
      out(Array.from({ length: 2000 }, (_, i) => `,${JSON.stringify(stacks[(n + i) % stacks.length])}`).join(''));
    out(`],"weights":[1${',1'.repeat(n - 1)}]}]}`);
  },
  'speedscope of events'(out, more) {
    speedscopeHead(out, 'evented');
    out('"events":[{"type":"O","frame":0,"at":0}');
    const event = (type: string, frame: number, at: number) => `,{"type":"${type}","frame":${frame},"at":${at}}`;
    for (let n = 0; more(); n++) {
      const stack = stacks[n % stacks.length]!;
      out(stack.map((frame, i) => event('O', frame, n * 100 + i)).join(''));
      out(
        stack
          .toReversed()
          .map((frame, i) => event('C', frame, n * 100 + 50 + i))
          .join(''),
      );
    }
    out(']}]}');
  },
  cpuprofile(out, _more, bytes) {
    const nodes = [v8Node(1, call('(root)', '', -1))];
    for (const stack of stacks) {
      const parent = nodes[nodes.length > 2000 ? 1 + (nodes.length % 1999) : 0]!;
      parent.children.push(nodes.length + 1);
      nodes.push(v8Node(nodes.length + 1, callOf(stack[depth - 1]!)));
    }
    out(`{"nodes":${JSON.stringify(nodes)},`);
    // one half of the file holds the samples, the other half their deltas
    v8Samples(out, nodes.length, Math.ceil(bytes / 10.5));
  },
  'cpuprofile of many functions'(out, more) {
    out('{"nodes":[');
    const begun: number[] = [];
    let last = 1;
    while (more()) {
      begun.push(last + 1);
      const chain = stacks[last % stacks.length]!.map((f, i) =>
        v8Node(last + i + 1, callOf(f), i === depth - 1 ? [] : [last + i + 2]),
      );
      out(chain.map((node) => `${JSON.stringify(node)},`).join(''));
      last += depth;
    }
    out(`${JSON.stringify(v8Node(1, call('(root)', '', -1), begun))}],`);
    v8Samples(out, last, 100_000);
  },
  heapprofile(out, more) {
    const node = (id: number, f: number, children: string): string =>
      `{"callFrame":${JSON.stringify(callOf(f))},"selfSize":${f},"id":${id},"children":[${children}]}`;
    out(`{"head":{"callFrame":${JSON.stringify(call('(root)', '', -1))},"selfSize":0,"id":1,"children":[`);
    let id = 1;
    for (; more(); ) {
      const chain = stacks[id % stacks.length]!.reduceRight((below, f) => node(++id, f, below), '');
      out(id > depth + 1 ? `,${chain}` : chain);
    }
    out(`]},"samples":[{"size":1,"nodeId":1,"ordinal":1}`);
    for (let i = 0; i < id; i++) out(`,{"size":${(i % 97) * 8},"nodeId":${1 + ((i * 7919) % id)},"ordinal":${i}}`);
    out(']}');
  },
  'chrome-trace'(out, more) {
    const event = (name: string, args: unknown) =>
      `{"args":${JSON.stringify(args)},"cat":"v8","id":"0x1","name":"${name}","ph":"P","pid":7,"tid":9,"ts":12345678,"tts":123}`;
    out(`{"traceEvents":[${event('Profile', { data: { startTime: 1 } })}`);
    const root = { id: 1, callFrame: call('(root)', '', -1) };
    const nodes = stacks.map((stack, i) => ({ id: i + 2, parent: 1, callFrame: callOf(stack[depth - 1]!) }));
    out(
      `,${event('ProfileChunk', { data: { cpuProfile: { nodes: [root, ...nodes], samples: [] }, timeDeltas: [] } })}`,
    );
    for (let n = 0; more(); n++) {
      const samples = Array.from({ length: 100 }, (_, i) => 1 + ((n * 100 + i * 7919) % nodes.length));
      const timeDeltas = samples.map((sample) => 100 + (sample % 97));
      out(`,${event('ProfileChunk', { data: { cpuProfile: { samples }, timeDeltas } })}`);
      // most events of a trace are not samples
      for (let i = 0; i < 10; i++) out(`,${event('RunTask', { src_file: 'renderer/scheduler.cc', src_func: 'Run' })}`);
    }
    out(']}');
  },
  firefox(out, more) {
    const strings = Array.from({ length: functions }, (_, f) => name(f));
    const each = (value: (f: number) => number | null) => JSON.stringify(strings.map((_, f) => value(f)));
    out(`{"meta":{"interval":1},"libs":[],"threads":[{"stringArray":${JSON.stringify(strings)},`);
    out(`"funcTable":{"name":${each((f) => f)},"fileName":${each(() => null)},"lineNumber":${each((f) => f + 1)}},`);
    out(`"frameTable":{"func":${each((f) => f)},"line":${each((f) => f + 2)}},`);
    out(
      `"stackTable":{"frame":${each((f) => f)},"prefix":${each((f) => (f === 0 ? null : f - 1 - (f % 7 === 0 ? 0 : f % 2 && f > 2 ? 1 : 0)))}},`,
    );
    out('"samples":{"stack":[0');
    let n = 1;
    for (; more(); n += 2000) out(Array.from({ length: 2000 }, (_, i) => `,${((n + i) * 7919) % functions}`).join(''));
    out(`],"weight":null,"weightType":"samples","length":${n}}}]}`);
  },
  pprof(out, more) {
    out(pprofTables().encode());
    while (more()) out(Buffer.concat(stacks.slice(0, 4000).map(pprofSample)));
  },
};

const call = (functionName: string, url: string, lineNumber: number) => ({
  functionName,
  scriptId: '1',
  url,
  lineNumber,
  columnNumber: lineNumber === -1 ? -1 : 8,
});

const callOf = (f: number) => call(name(f), `file://${fileOf(f)}`, f);

const v8Node = (id: number, callFrame: ReturnType<typeof call>, children: number[] = []) => ({
  id,
  callFrame,
  children,
});

function v8Samples(out: (text: string) => void, nodes: number, samples: number): void {
  const list = (value: (i: number) => number) => {
    for (let at = 0; at < samples; at += 4000)
      out(Array.from({ length: 4000 }, (_, i) => `,${value(at + i)}`).join(''));
  };
  out('"startTime":0,"endTime":1,"samples":[1');
  list((i) => 1 + ((i * 7919) % nodes));
  out('],"timeDeltas":[0');
  list((i) => 500 + (i % 97));
  out(']}');
}

function speedscopeHead(out: (text: string) => void, type: string): void {
  const frames = Array.from({ length: functions }, (_, f) => ({ name: name(f), file: fileOf(f), line: f + 1 }));
  out(`{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":${JSON.stringify(frames)}},`);
  out(`"profiles":[{"type":"${type}","name":"main","unit":"milliseconds","startValue":0,"endValue":1,`);
}

function pprofTables(): Pprof {
  const strings = new StringTable();
  const ids = Array.from({ length: functions }, (_, f) => f + 1);
  return new Pprof({
    // as Go writes it: the number of samples, and their time
    sampleType: [
      new ValueType({ type: strings.dedup('samples'), unit: strings.dedup('count') }),
      new ValueType({ type: strings.dedup('cpu'), unit: strings.dedup('nanoseconds') }),
    ],
    location: ids.map((id) => new Location({ id, line: [new Line({ functionId: id, line: id })] })),
    function: ids.map(
      (id) => new Fn({ id, name: strings.dedup(name(id - 1)), filename: strings.dedup(fileOf(id - 1)), startLine: id }),
    ),
    stringTable: strings,
  });
}

/** One more `sample` (field 2 of a profile) to append; protobuf messages can be concatenated. */
function pprofSample(stack: readonly number[]): Uint8Array {
  const locationId = stack.map((f) => f + 1).reverse();
  const message = new Sample({ locationId, value: [1, 1e7] }).encode();
  const length = message.length < 128 ? [message.length] : [(message.length & 0x7f) | 0x80, message.length >> 7];
  return Buffer.from([0x12, ...length, ...message]);
}
