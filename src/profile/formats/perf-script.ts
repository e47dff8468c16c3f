import { type Profile, type ProfileBuilder, profileBuilder, type Unit } from '../model.ts';
import { functionFrames, parseSymbol } from '../parsing/frames.ts';
import { linesOf } from '../parsing/input.ts';
import { noValue, onlyRead } from '../parsing/values.ts';

/**
 * `app 47/48 [002] 1.1:     250000 cycles:ppp: ` is a sample's header: the command, its ids, the processor, the time, the period, the
 * event. Only the command, one id and the event are always present. The rest of the line is the event's data, or the only frame of the
 * stack.
 */
const header =
  /^\s*\S.*?\s+-?\d+(?:\/-?\d+)?\s+(?:\[\d+\]\s+)?(?:\d+\.\d+:\s+)?(?:(\d+)\s+)?([^\s:(][^\s(]*):(?:\s+(.*))?$/;
/** `\t    55d0c8a7 work+0x1c (/app/tool)` is a frame: the address, the symbol if known, and the binary that holds the symbol. */
const frameLine = /^\s*[0-9a-f]+(?:[ \t](.*))? \((.*)\)$/;
/** `  main.c:12` is the source line of the frame before, if perf script ran with `-F +srcline`. */
const sourceLine = /^\s+(\S.*):(\d+)(?:\s|$)/;
/** Matches the names that perf uses instead of a file, such as `[kernel.kallsyms]`. */
const notAFile = /^\[|^\/\/anon|\.map$|^inlined$/;

/** The unit of an event's periods, and the factor that converts a period to this unit. */
const periods: Record<string, [Unit, number]> = {
  'cpu-clock': ['ms', 1e-6],
  'task-clock': ['ms', 1e-6],
  cycles: ['cycles', 1],
  'cpu-cycles': ['cycles', 1],
  instructions: ['instructions', 1],
};

type Stack = { symbol: string; object: string; line?: [string, number] }[];

/**
 * Reads the output of `perf script` after `perf record -g`: a header line for each sample, then its stack, callees first. The weight of a
 * sample is its period, if the file has periods. Only the samples of one event are read: the first event, or the event that `value` names.
 * Samples of different events cannot be added up. Format: the manual page perf-script(1).
 * @throws profile_value
 */
export function readPerfScript(bytes: Uint8Array, file: string, value?: string): Profile {
  const { event, hasPeriods } = eventRead(bytes, file, value);
  const [unit, scale]: [Unit, number] = hasPeriods ? (periods[event] ?? ['events', 1]) : ['samples', 1];
  const builder = profileBuilder('perf-script', unit);
  const placeOf = placesOf(builder);
  const others = new Map<string, number>();
  let sample: { event: string; weight: number } | null = null;
  let stack: Stack = [];
  const finish = () => {
    if (sample && sample.event !== event) others.set(sample.event, (others.get(sample.event) ?? 0) + 1);
    else if (sample) {
      let node = -1;
      for (let i = stack.length - 1; i >= 0; i--) node = builder.below(node, placeOf(stack, i));
      if (node === -1) builder.unnamed('(no stack)', sample.weight, 1);
      else builder.add(node, sample.weight, 1);
    }
    sample = null;
    stack = [];
  };
  const push = ([, symbol, object]: string[]) =>
    stack.push({ symbol: symbol?.replace(/\+0x[0-9a-f]+$/, '') || '[unknown]', object: object! });
  for (const line of linesOf(bytes)) {
    const frame = sample ? frameLine.exec(line) : null;
    if (frame) push(frame);
    else if (line.trim() === '') finish();
    else {
      const [, period, name, rest = ''] = header.exec(line) ?? [];
      const [, file, number] = stack.length > 0 ? (sourceLine.exec(line) ?? []) : [];
      // an indented line below a frame holds the frame's source line or, if that is unknown, the frame's address
      if (name === undefined || (stack.length > 0 && /^\s/.test(line) && !/\s\d+\.\d+:\s/.test(line))) {
        if (file !== undefined) stack.at(-1)!.line = [file, Number(number)];
        continue;
      }
      finish();
      sample = { event: eventOf(name), weight: hasPeriods ? Number(period ?? 0) * scale : 1 };
      const only = frameLine.exec(rest);
      if (only) push(only);
    }
  }
  finish();
  const seen = [...others].map(([name, count]) => `${name} (${count})`);
  if (seen.length > 0) builder.note(onlyRead(event, seen));
  return builder.done();
}

/**
 * The event in a name such as `cycles:ppp` or `cpu_core/cycles/P`, without the event's modifiers and without the kind of processor core.
 */
const eventOf = (name: string) =>
  name.replace(/^cpu(?:_core|_atom)?\/([^/]+)\/.*$/, '$1').replace(/:[ukhGHIpPSDWe]+$/, '');

function eventRead(bytes: Uint8Array, file: string, value?: string): { event: string; hasPeriods: boolean } {
  const seen = new Set<string>();
  for (const line of linesOf(bytes)) {
    const [, period, name] = line.startsWith('#') ? [] : (header.exec(line) ?? []);
    if (name === undefined) continue;
    const event = eventOf(name);
    if (value === undefined || event === eventOf(value)) return { event, hasPeriods: period !== undefined };
    seen.add(event);
  }
  if (value !== undefined) throw noValue(file, value, [...seen]);
  return { event: '', hasPeriods: false };
}

/**
 * Returns a function that takes a stack and the index of one of its frames, and returns the frame's number from `builder.place`. Equal
 * frames are parsed only once.
 */
function placesOf(builder: ProfileBuilder) {
  const code = functionFrames();
  const known = new Map<string, number>();
  return (stack: Stack, i: number) => {
    const at = stack[i]!;
    // an inlined function is in the binary of the next frame, its caller
    if (at.object === 'inlined') at.object = stack[i + 1]?.object ?? at.object;
    const key = `${at.symbol}\0${at.object}\0${at.line?.join(':')}`;
    const place = known.get(key) ?? placeOf(at, code, builder);
    known.set(key, place);
    return place;
  };
}

function placeOf(
  { symbol, object, line }: Stack[number],
  code: ReturnType<typeof functionFrames>,
  builder: ProfileBuilder,
): number {
  const parsed = parseSymbol(symbol);
  if (parsed.file !== null) return builder.place(code(parsed.name, parsed.file, parsed.line), parsed.ran);
  if (line) return builder.place(code(symbol, ...line), line[1]);
  return builder.place(code(symbol, notAFile.test(object) ? null : object, null));
}

/**
 * Whether a text has the header line of a sample with a frame on the same or the next line. Long lines are cut off before the check, so
 * that they cost little.
 */
export function looksLikePerfScript(start: string): boolean {
  const lines = start.split('\n', 200).map((line) => line.slice(0, 300));
  return lines.some((line, i) => {
    const [, , name, rest = ''] = line.startsWith('#') ? [] : (header.exec(line) ?? []);
    return name !== undefined && (isFrame(rest) || isFrame(lines[i + 1] ?? ''));
  });
}

const isFrame = (line: string) => frameLine.test(line.trimEnd());
