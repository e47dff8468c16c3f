import { Function as Fn, Line, Location, Profile as Pprof, Sample, StringTable, ValueType } from 'pprof-format';
import { append } from '../../src/core/fs.ts';

/** The formats that are written large. */
export const kinds = ['cpuprofile', 'speedscope', 'collapsed', 'pprof'] as const;
export type Kind = (typeof kinds)[number];

const functions = 2000;
const depth = 24;
/** Different stacks: as many as a program of some size has. */
const stacks = Array.from({ length: 20_000 }, (_, i) =>
  Array.from({ length: depth }, (_, d) => (d === 0 ? 0 : (i * 31 + d * d * 17 * (1 + (i >> d))) % functions)),
);
const name = (f: number) => `function${f}`;
const fileOf = (f: number) => `/app/src/module${f % 97}.js`;

/** Writes a profile of about so many bytes, and gives how many. */
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
    const frames = Array.from({ length: functions }, (_, f) => ({ name: name(f), file: fileOf(f), line: f + 1 }));
    out(
      `{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":${JSON.stringify(frames)}},`,
    );
    out('"profiles":[{"type":"sampled","name":"main","unit":"milliseconds","startValue":0,"endValue":1,"samples":[[0]');
    let n = 1;
    for (; more(); n += 2000)
      out(Array.from({ length: 2000 }, (_, i) => `,${JSON.stringify(stacks[(n + i) % stacks.length])}`).join(''));
    out(`],"weights":[1${',1'.repeat(n - 1)}]}]}`);
  },
  cpuprofile(out, _more, bytes) {
    const nodes = [{ id: 1, callFrame: call('(root)', '', -1), children: [] as number[] }];
    for (const stack of stacks) {
      const parent = nodes[nodes.length > 2000 ? 1 + (nodes.length % 1999) : 0]!;
      const f = stack[depth - 1]!;
      parent.children.push(nodes.length + 1);
      nodes.push({ id: nodes.length + 1, callFrame: call(name(f), `file://${fileOf(f)}`, f), children: [] });
    }
    out(`{"nodes":${JSON.stringify(nodes)},"startTime":0,"endTime":1,"samples":[1`);
    // half of the file are the samples, the other half their deltas
    const chunks = Math.ceil(bytes / 10.5 / 4000);
    const inChunks = (text: (i: number) => number) => {
      for (let chunk = 0; chunk < chunks; chunk++)
        out(Array.from({ length: 4000 }, (_, i) => `,${text(chunk * 4000 + i)}`).join(''));
    };
    inChunks((i) => 1 + ((i * 7919) % nodes.length));
    out('],"timeDeltas":[0');
    inChunks((i) => 500 + (i % 97));
    out(']}');
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

function pprofTables(): Pprof {
  const strings = new StringTable();
  const ids = Array.from({ length: functions }, (_, f) => f + 1);
  return new Pprof({
    sampleType: [new ValueType({ type: strings.dedup('cpu'), unit: strings.dedup('nanoseconds') })],
    location: ids.map((id) => new Location({ id, line: [new Line({ functionId: id, line: id })] })),
    function: ids.map(
      (id) => new Fn({ id, name: strings.dedup(name(id - 1)), filename: strings.dedup(fileOf(id - 1)), startLine: id }),
    ),
    stringTable: strings,
  });
}

/** One more `sample` (field 2 of a profile) behind the rest: messages of protobuf can be put together that way. */
function pprofSample(stack: readonly number[]): Uint8Array {
  const locationId = stack.map((f) => f + 1).reverse();
  const message = new Sample({ locationId, value: [1e7] }).encode();
  const length = message.length < 128 ? [message.length] : [(message.length & 0x7f) | 0x80, message.length >> 7];
  return Buffer.from([0x12, ...length, ...message]);
}
