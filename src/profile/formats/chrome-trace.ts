import { type Profile, profileBuilder } from '../model.ts';
import { amountOf, type Fields, fieldsOf, listOf, stringOf, unreadable } from '../parsing/input.ts';
import { fieldsReader, type Json, skip, source, value } from '../parsing/json-cursor.ts';
import { type JsonShape, jsonShape } from '../parsing/json-shape.ts';
import { eachTraceEvent } from '../parsing/trace.ts';
import { v8Frame } from '../parsing/v8-frame.ts';
import { addV8Profile, emptyTree, type V8Profile, type V8Tree } from '../parsing/v8-profile.ts';
import { v8ProfileAt } from './cpuprofile.ts';
import { readHermes } from './hermes.ts';
import { readTraceEvents } from './trace-events.ts';

/** One sampled thread, assembled from its chunks. */
type Thread = { tree: V8Tree; indexes: Map<number, number>; samples: number[]; timeDeltas: number[] };

/**
 * Reads a trace of Chrome (`Performance` panel, tracing API, Puppeteer, Playwright): the JavaScript samples in `Profile` and `ProfileChunk`
 * events. Before Chrome 67, a `CpuProfile` event holds a whole profile. Each thread is one CPU profile of V8. If the trace has no such
 * events, the samples of Hermes are read. If the trace has no samples of Hermes either, the events that have a duration are read. An event
 * that is not needed is skipped as soon as its name has been read. Format: Trace Event Format, and chrome/devtools-frontend,
 * `front_end/models/trace/handlers/SamplesHandler.ts`
 * @throws profile_unreadable
 */
export function readChromeTrace(bytes: Uint8Array, file: string): Profile {
  const threads = new Map<string, Thread>();
  const whole: V8Profile[] = [];
  eachEvent(bytes, file, ({ name, id, pid, args }, place) => {
    if (name === '"CpuProfile"') {
      whole.push(...profilesIn(args));
      return;
    }
    const key = `${pid} ${id}`;
    const thread = threads.get(key) ?? { tree: emptyTree(), indexes: new Map(), samples: [], timeDeltas: [] };
    threads.set(key, thread);
    addChunk(thread, fieldsOf(fieldsOf(args && value(args)).data), { file, place });
  });
  const isSampled = whole.length > 0 || [...threads.values()].some(({ tree }) => tree.ids.length > 0);
  if (!isSampled) return readHermes(bytes, file) ?? readTraceEvents(bytes, file);
  const builder = profileBuilder('chrome-trace', 'ms');
  for (const profile of whole) addV8Profile(profile, file, builder, true);
  for (const thread of threads.values()) addV8Profile(thread, file, builder, true);
  return builder.done();
}

/** Fields as undecoded JSON. `args` is only the position of an event's arguments, because most arguments are never read. */
type Event = { name: string; id: string; pid: string; args: Json | null };

function eachEvent(bytes: Uint8Array, file: string, act: (event: Event, place: string) => void): void {
  let event: Event;
  const reader = fieldsReader({
    name: (at) => {
      event.name = source(at);
    },
    id: (at) => {
      event.id = source(at);
    },
    pid: (at) => {
      event.pid = source(at);
    },
    args: (at) => {
      event.args = { ...at };
      skip(at);
    },
  });
  eachTraceEvent(bytes, file, (json, i) => {
    event = { name: '', id: '', pid: '', args: null };
    reader(json);
    if (sampling.has(event.name)) act(event, `traceEvents[${i}]`);
  });
}

/** The events that hold samples of V8. */
const sampling = new Set(['"Profile"', '"ProfileChunk"', '"CpuProfile"']);

/** The whole profile in the arguments of a `CpuProfile` event. */
function profilesIn(args: Json | null): V8Profile[] {
  const found: V8Profile[] = [];
  const cpuProfile = (json: Json) => found.push(v8ProfileAt(json));
  if (args) fieldsReader({ data: fieldsReader({ cpuProfile }) })({ ...args });
  return found;
}

function addChunk(thread: Thread, data: Fields, at: { file: string; place: string }): void {
  const { nodes, samples } = fieldsOf(data.cpuProfile);
  const { tree, indexes } = thread;
  for (const raw of listOf(nodes)) {
    const { id, parent, callFrame } = fieldsOf(raw);
    const { functionName, url, lineNumber, columnNumber } = fieldsOf(callFrame);
    if (typeof id !== 'number' || typeof functionName !== 'string')
      throw unreadable(
        at.file,
        'nodes with id and callFrame',
        `${at.place} with a node that has no id or no functionName`,
      );
    const number = (n: unknown) => (typeof n === 'number' ? n : -1);
    const call = {
      functionName,
      url: stringOf(url),
      lineNumber: number(lineNumber),
      columnNumber: number(columnNumber),
    };
    if (indexes.has(id)) throw unreadable(at.file, 'nodes that come once', `${at.place} with node ${id} again`);
    indexes.set(id, tree.ids.push(id) - 1);
    tree.calls.push(v8Frame(call));
    if (parent === undefined) continue;
    // the chunk that holds the node's caller is perhaps missing
    const caller = indexes.get(parent as number);
    if (caller === undefined) continue;
    tree.callers.push(caller);
    tree.called.push(id);
  }
  const deltas = listOf(data.timeDeltas);
  listOf(samples).forEach((sample, i) => {
    if (typeof sample !== 'number') throw unreadable(at.file, 'samples that are ids', `${at.place} with another`);
    thread.samples.push(sample);
    const delta = deltas[i];
    thread.timeDeltas.push(typeof delta === 'number' ? delta : amountOf(delta));
  });
}

export const looksLikeChromeTrace = (start: string) => /"traceEvents"\s*:/.test(start) || isEvent(jsonShape(start));

/** Whether a text is a list whose first object has the keys of an event: `ph` (the phase), and `ts`, `name` or `pid`. */
const isEvent = (shape: JsonShape | null) =>
  shape?.isList === true && shape.keys.includes('ph') && ['ts', 'name', 'pid'].some((key) => shape.keys.includes(key));
