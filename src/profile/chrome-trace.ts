import { addCpuProfile, type RawCpuProfile } from './cpuprofile.ts';
import { amountOf, type Fields, fieldsOf, jsonOf, listOf, stringOf, unreadable } from './input.ts';
import { type Profile, profileBuilder } from './model.ts';

/** One sampled thread, put together out of its chunks. */
type Thread = RawCpuProfile & { byId: Map<number, { children: number[] }> };

/**
 * Reads a trace of Chrome's (`Performance` panel, tracing API, Puppeteer, Playwright): the JavaScript samples in its `Profile` and
 * `ProfileChunk` events; every thread is one CPU profile of V8.
 * Format: Trace Event Format, and chrome/devtools-frontend, `front_end/models/trace/handlers/SamplesHandler.ts`
 * @throws profile_unreadable
 */
export function readChromeTrace(bytes: Uint8Array, file: string): Profile {
  const value = jsonOf(bytes, file);
  const events = Array.isArray(value) ? value : listOf(fieldsOf(value).traceEvents);
  const threads = new Map<string, Thread>();
  events.forEach((event, i) => {
    const { name, id, pid, args } = fieldsOf(event);
    if (name !== 'Profile' && name !== 'ProfileChunk') return;
    const key = `${String(pid)} ${String(id)}`;
    const thread = threads.get(key) ?? { nodes: [], samples: [], timeDeltas: [], byId: new Map() };
    threads.set(key, thread);
    addChunk(thread, fieldsOf(fieldsOf(args).data), { file, place: `traceEvents[${i}]` });
  });
  if (threads.size === 0)
    throw unreadable(file, 'a trace with Profile events (the category disabled-by-default-v8.cpu_profiler)', 'none');
  const builder = profileBuilder('chrome-trace', 'ms');
  for (const thread of threads.values()) addCpuProfile(thread, file, builder);
  return builder.done();
}

function addChunk(thread: Thread, data: Fields, at: { file: string; place: string }): void {
  const { nodes, samples } = fieldsOf(data.cpuProfile);
  for (const raw of listOf(nodes)) {
    const { id, parent, callFrame } = fieldsOf(raw);
    const { functionName, url, lineNumber, columnNumber } = fieldsOf(callFrame);
    if (typeof id !== 'number' || typeof functionName !== 'string')
      throw unreadable(at.file, 'nodes with id and callFrame', `${at.place} with one that has none`);
    const number = (n: unknown) => (typeof n === 'number' ? n : -1);
    const call = {
      functionName,
      url: stringOf(url),
      lineNumber: number(lineNumber),
      columnNumber: number(columnNumber),
    };
    const node = { id, callFrame: call, children: [] as number[] };
    if (thread.byId.has(id)) throw unreadable(at.file, 'nodes that come once', `${at.place} with node ${id} again`);
    thread.byId.set(id, node);
    thread.nodes.push(node);
    if (parent === undefined) continue;
    const caller = thread.byId.get(parent as number);
    if (!caller) throw unreadable(at.file, 'callers before callees', `${at.place} with node ${id} of none`);
    caller.children.push(id);
  }
  const deltas = listOf(data.timeDeltas);
  listOf(samples).forEach((sample, i) => {
    thread.samples.push(sample as number);
    const delta = deltas[i];
    thread.timeDeltas.push(typeof delta === 'number' ? delta : amountOf(delta));
  });
}

export const looksLikeChromeTrace = (start: string) =>
  /"traceEvents"\s*:/.test(start) || /^\s*\[\s*\{[^{}]*("ph"\s*:|"cat"\s*:)/.test(start);
