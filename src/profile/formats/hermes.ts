import { type Frame, type Profile, type ProfileBuilder, profileBuilder } from '../model.ts';
import { functionFrames } from '../parsing/frames.ts';
import { entriesOf, type Fields, fieldsOf, listOf, stringOf, unreadable } from '../parsing/input.ts';
import { fieldsReader, type Json, jsonFrom, value } from '../parsing/json-cursor.ts';

/** Matches a frame such as `work(http://localhost:8081/index.bundle:17:3)`: a function, and the line and column that ran. */
const named = /^(.*)\((.+):(\d+):\d+\)$/;

/**
 * Reads the samples of a trace in the form of Hermes, React Native's engine. Each entry of `stackFrames` names its caller. Each entry of
 * `samples` names a frame and the time in µs. A sample lasts until the next sample of its thread. Returns undefined if the trace has no
 * samples of Hermes. Format: Trace Event Format, “Global samples”
 * @throws profile_unreadable
 */
export function readHermes(bytes: Uint8Array, file: string): Profile | undefined {
  const read: { samples?: unknown; stackFrames?: unknown } = {};
  const keep = (name: keyof typeof read) => (json: Json) => {
    read[name] = value(json);
  };
  if (/^\s*\[/.test(new TextDecoder().decode(bytes.subarray(0, 100)))) return undefined;
  fieldsReader({ samples: keep('samples'), stackFrames: keep('stackFrames') })(jsonFrom(bytes, file));
  const samples = listOf(read.samples).map(fieldsOf);
  if (samples.length === 0) return undefined;
  const builder = profileBuilder('trace-events', 'ms');
  const nodeOf = nodesOf(entriesOf(read.stackFrames), builder, file);
  const threads = new Map<string, Fields[]>();
  for (const sample of samples) {
    const key = `${sample.pid} ${sample.tid}`;
    const thread = threads.get(key) ?? [];
    thread.push(sample);
    threads.set(key, thread);
  }
  for (const thread of threads.values()) {
    const inOrder = thread.toSorted((a, b) => Number(a.ts) - Number(b.ts));
    inOrder.forEach(({ sf, ts }, i) => {
      const lasted = (Number(inOrder[i + 1]?.ts ?? ts) - Number(ts)) / 1000;
      builder.add(nodeOf(String(sf)), lasted, 1);
    });
  }
  return builder.done();
}

/**
 * Returns a function that takes the id of a frame and returns the index of the frame's node. If the node does not exist yet, the function
 * adds it below the nodes of the frame's callers.
 */
function nodesOf(frames: ReadonlyMap<string, unknown>, builder: ProfileBuilder, file: string) {
  const code = functionFrames();
  const known = new Map<string, number>();
  return (id: string): number => {
    const path: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined && !known.has(at)) {
      if (!frames.has(at)) throw unreadable(file, 'samples of frames that the trace describes', `a sample of ${at}`);
      if (path.push(at) > frames.size) throw unreadable(file, 'a tree', `frame ${id}, whose callers form a circle`);
      const { parent }: Fields = fieldsOf(frames.get(at));
      at = parent === undefined ? undefined : String(parent);
    }
    let node = at === undefined ? -1 : known.get(at)!;
    for (const each of path.reverse()) {
      node = builder.node(node, ...placeOf(stringOf(fieldsOf(frames.get(each)).name), code));
      known.set(each, node);
    }
    return node;
  };
}

/** Frames such as `[root]` and `[GC Young Gen]` belong to Hermes itself. */
function placeOf(text: string, code: ReturnType<typeof functionFrames>): [Frame, number | null] {
  const [, name, file, line] = named.exec(text) ?? [];
  if (file !== undefined) return [code(name!, file, Number(line)), Number(line)];
  const kind = text.startsWith('[GC') ? 'gc' : text.startsWith('[') ? 'native' : 'code';
  return [{ function: text, file: null, line: null, column: null, kind }, null];
}
