import { gzipSync } from 'node:zlib';
import { Function as Fn, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';

/** A profile of three samples of 10 ms in `inner`, which was inlined into `main`, and one in `main` itself. */
export function encode(gzip: boolean): Uint8Array {
  const strings = new StringTable();
  const s = (text: string) => strings.dedup(text);
  const value = (count: number) => [count, count * 1e7];
  const profile = new Profile({
    sampleType: [
      new ValueType({ type: s('samples'), unit: s('count') }),
      new ValueType({ type: s('cpu'), unit: s('nanoseconds') }),
    ],
    function: [
      new Fn({ id: 1, name: s('main'), filename: s('/app/m.go'), startLine: 3 }),
      new Fn({ id: 2, name: s('inner'), filename: s('/app/m.go'), startLine: 9 }),
    ],
    location: [
      new Location({ id: 1, line: [new Line({ functionId: 2, line: 11 }), new Line({ functionId: 1, line: 5 })] }),
      new Location({ id: 2, line: [new Line({ functionId: 1, line: 4 })] }),
    ],
    sample: [new Sample({ locationId: [1], value: value(3) }), new Sample({ locationId: [2], value: value(1) })],
    stringTable: strings,
  });
  const bytes = profile.encode();
  return gzip ? gzipSync(bytes) : bytes;
}
