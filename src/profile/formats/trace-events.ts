import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { functionFrames, namedPart, parseSymbol } from '../parsing/frames.ts';
import { type Fields, fieldsOf, lineOf, stringOf, unreadable } from '../parsing/input.ts';
import { fieldsReader, type Json, skip, value } from '../parsing/json-cursor.ts';
import { addNested, type TraceEvent } from '../parsing/nested-events.ts';
import { eachTraceEvent } from '../parsing/trace.ts';

/** The fields of an event that are read. All other fields are skipped. */
const fields = ['name', 'ph', 'pid', 'tid', 'ts', 'dur', 'tdur'] as const;
type Raw = { [Field in (typeof fields)[number]]?: unknown } & { args?: Json };

/** Arguments that describe an event, as clang, Bazel, the TypeScript compiler and Chrome write them. */
const details = ['detail', 'target', 'mnemonic'] as const;
const paths = ['path', 'fileName', 'file'] as const;

/**
 * Reads the events with a duration from a trace: events of the phase `X`, and pairs of `B` and `E`. clang (`-ftime-trace`), `tsc
 * --generateTrace`, viztracer, Bazel and many other tools write such traces. Own times are computed per thread. Nothing is sampled. Format:
 * Trace Event Format
 * @throws profile_unreadable: no event has a duration
 */
export function readTraceEvents(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('trace-events', 'ms', false);
  const code = functionFrames();
  const threads = new Map<string, TraceEvent[]>();
  eachRaw(bytes, file, ({ name, ph, pid, tid, ts, dur, tdur, args }) => {
    const text = stringOf(name);
    const at = Number(ts) / 1000;
    if ((ph !== 'B' && ph !== 'E' && ph !== 'X') || !Number.isFinite(at) || isSum.test(text)) return;
    const key = `${pid} ${tid}`;
    const thread = threads.get(key) ?? [];
    threads.set(key, thread);
    const place = ph === 'E' ? -1 : builder.place(...placeOf(text, fieldsOf(args && value(args)), code));
    thread.push({ phase: ph, at, lasted: Math.max(0, Number(dur ?? tdur) / 1000 || 0), name: text, place });
  });
  if (threads.size === 0)
    throw unreadable(file, 'a trace with samples of V8, or with events of the phases X, B and E', 'none');
  let unmatched = 0;
  for (const thread of threads.values()) unmatched += addNested(thread, builder);
  if (unmatched > 0)
    builder.note(`Left out: ${unmatched} ${unmatched === 1 ? 'end' : 'ends'} of events whose beginning is missing.`);
  return builder.done();
}

/** Names of events in which clang sums up its other events. These sums would count everything twice. */
const isSum = /^Total /;

/**
 * The frame of an event, and the line that ran. The location may be in the event's name, such as `work (/app/m.py:3)` (viztracer), or in an
 * argument.
 */
function placeOf(name: string, args: Fields, code: ReturnType<typeof functionFrames>): [Frame, number | null] {
  const symbol = parseSymbol(name);
  if (symbol.file !== null) return [code(symbol.name, symbol.file, symbol.line), symbol.ran];
  // Hermes writes the line that ran as a number, and the function's first line as text
  if (args.funcLine !== undefined && stringOf(args.url) !== '')
    return [code(name, stringOf(args.url), lineOf(Number(args.funcLine))), lineOf(Number(args.line))];
  const path = first(paths, args);
  if (path !== '') return [code(name, path, lineOf(args.line)), null];
  const detail = first(details, args);
  // clang writes the name of the file that it reads, or the name of the function or type that it compiles
  if (/^(?:\/|\.{0,2}\/)?[^\s<>():]+\.\w+$/.test(detail)) return [code(name, detail, null), null];
  return [namedPart(detail === '' ? name || '(anonymous)' : `${name} ${detail}`), null];
}

const first = (names: readonly string[], args: Fields) => names.map((name) => stringOf(args[name])).find(Boolean) ?? '';

/** Calls `act` with each event of a trace. The trace is a list of events, or an object that holds the list. */
function eachRaw(bytes: Uint8Array, file: string, act: (event: Raw) => void): void {
  let event: Raw = {};
  const readers = Object.fromEntries(
    fields.map((name) => [
      name,
      (json: Json) => {
        event[name] = value(json);
      },
    ]),
  );
  const args = (json: Json) => {
    event.args = { ...json };
    skip(json);
  };
  const reader = fieldsReader({ ...readers, args });
  eachTraceEvent(bytes, file, (json) => {
    event = {};
    reader(json);
    act(event);
  });
}
