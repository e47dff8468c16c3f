import { convert } from '../../core/units.ts';
import { type Frame, type Profile, profileBuilder, type Unit } from '../model.ts';
import { type GraphNode, unfold } from '../parsing/call-graph.ts';
import { linesOf, unreadable } from '../parsing/input.ts';
import { onlyRead, valueAt } from '../parsing/values.ts';

const header = /^(\w[\w ]*): ?(.*)$/;
const position = /^(fl|fi|fe|fn|ob|cfl|cfi|cfn|cob)=(.*)$/;
type Kind = 'ob' | 'fl' | 'fn';
type Slot = 'ob' | 'fn' | 'cob' | 'cfl' | 'cfn';
type Key = Slot | 'fl' | 'fi' | 'fe' | 'cfi';

/**
 * For each keyword of a position line (such as `fl=` or `fn=`): the kind of name on the line, and the variable that holds this name. `fi`
 * and `fe` mark lines that were inlined from another file. The cost of an inlined line counts for the function, but the line number refers
 * to the other file. A function is in the file that the last line with `fl`, `fi` or `fe` before the function names. A called function is
 * also in this file, unless `cfi` or `cfl` names another file.
 */
const slots: Record<Key, [Kind, Slot | null]> = {
  ob: ['ob', 'ob'],
  fl: ['fl', null],
  fi: ['fl', null],
  fe: ['fl', null],
  fn: ['fn', 'fn'],
  cob: ['ob', 'cob'],
  cfl: ['fl', 'cfl'],
  cfi: ['fl', 'cfl'],
  cfn: ['fn', 'cfn'],
};

/** The calls from one function to another. `most`: the cost of the most expensive call. */
type ReadCall = { total: number; self: null; most: number; line?: number };
type Read = Omit<GraphNode, 'callees' | 'lines'> & { callees: Map<number, ReadCall>; lines: Map<number, number> };

/** A name in a compressed file: `(3) name` at its first use, later only `(3)`. A file without compression writes just `name`. */
const numbered = /^\((\d+)\)(?: (.*))?$/;

/**
 * Texts that stand for a missing name: Valgrind's `???` for an unknown file or object, and `~`, which cProfile's converters write as the
 * file of Python's built-in functions.
 */
const noName = new Set(['???', '~']);

/** The unit of an event, and the factor that converts a count to this unit. Xdebug counts time: `Time_(10ns)`. */
function unitOf(event: string): [Unit, number] {
  if (event === 'Ir') return ['instructions', 1];
  const [, many, unit] = /^Time_\((\d*)(ns|µs|us|ms)\)$/.exec(event) ?? [];
  return unit === undefined ? ['events', 1] : ['ms', convert(Number(many || 1), unit, 'ms')];
}

/** Names of the linker's own code: stubs without a name, and the start of the program. */
const fromLinker = /^(0x[\da-f]+|\(below main\))$/;

/**
 * Reads the output of `valgrind --tool=callgrind` and Xdebug: the cost of each function's own code, and the cost of each call including its
 * callees. Each cost is a count of one event: of the first event in the file (instructions), or of the event that `value` names. Nothing is
 * sampled. Format: https://valgrind.org/docs/manual/cl-format.html
 * @throws profile_unreadable with the number of the line
 * @throws profile_value
 */
export function readCallgrind(bytes: Uint8Array, file: string, value?: string): Profile {
  const graph: Read[] = [];
  const known = new Map<string, number>();
  const names = { ob: new Map<string, string>(), fl: new Map<string, string>(), fn: new Map<string, string>() };
  const at = { ob: '', fl: '', fn: '', cob: null as string | null, cfl: null as string | null, cfn: '' };
  let positions = 1;
  let events = ['Ir'];
  let chosen = 0;
  let called: { index: number; calls: number } | null = null;
  /** The source file that the next lines belong to. */
  let source = '';

  const named = (kind: Kind, text: string) => {
    const [, number, name] = numbered.exec(text) ?? [];
    if (number === undefined) return noName.has(text) ? '' : text;
    if (name !== undefined) names[kind].set(number, noName.has(name) ? '' : name);
    return names[kind].get(number) ?? '';
  };
  const functionAt = (name: string, path: string, object: string) => {
    const key = `${name}\0${path}\0${object}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    // the source paths of system libraries do not exist on this machine, so the path of their binary is more useful
    const file = [path, object].find((each) => each.startsWith('/')) ?? (object === '' && path !== '' ? path : null);
    const kind = fromLinker.test(name) ? 'native' : 'code';
    const frame: Frame = { function: name, file, line: null, column: null, kind };
    known.set(key, graph.push({ frame, self: 0, calls: 0, callees: new Map(), lines: new Map() }) - 1);
    return graph.length - 1;
  };
  let number = 0;
  let line = 0;
  for (const text of linesOf(bytes)) {
    number++;
    const spec = position.exec(text);
    if (spec) {
      const [, key, text] = spec as unknown as [string, Key, string];
      const [kind, slot] = slots[key];
      const name = named(kind, text);
      if (slot) at[slot] = name;
      if (key === 'fn') at.fl = source;
      else if (key === 'fl' || key === 'fi' || key === 'fe') source = name;
      continue;
    }
    if (text.startsWith('calls=')) {
      const index = functionAt(at.cfn, at.cfl ?? source, at.cob ?? at.ob);
      called = { index, calls: Number(/^calls=(\d+)/.exec(text)?.[1] ?? 0) };
      Object.assign(at, { cob: null, cfl: null, cfn: '' });
      continue;
    }
    if (!/^[+\-*\d]/.test(text)) {
      const [, key, list = ''] = header.exec(text) ?? [];
      if (key === 'events') {
        events = list.trim().split(/\s+/);
        chosen = valueAt(events, value, file);
      }
      if (key === 'positions') positions = list.trim().split(/\s+/).length;
      continue;
    }
    const words = text.trim().split(/\s+/);
    const where = words[positions - 1]!;
    line = where === '*' ? line : /^[+-]/.test(where) ? line + Number(where) : Number(where);
    const cost = Number(words[positions + chosen] ?? 0);
    if (!Number.isFinite(cost) || !Number.isFinite(line) || cost < 0)
      throw unreadable(file, 'a line number and a cost (callgrind)', `line ${number}: ${text.slice(0, 80)}`);
    const from = graph[functionAt(at.fn, at.fl, at.ob)]!;
    const isOwnLine = line > 0 && source === at.fl;
    if (called) {
      const { total, most, ...place } = from.callees.get(called.index) ?? { total: 0, most: 0 };
      const call = { self: null, total: total + cost, most: Math.max(most, cost) };
      from.callees.set(called.index, { ...call, ...(isOwnLine && cost > most ? { line } : place) });
      graph[called.index]!.calls += called.calls;
      called = null;
    } else {
      from.self += cost;
      if (!isOwnLine) continue;
      from.frame.line = Math.min(from.frame.line ?? line, line);
      from.lines.set(line, (from.lines.get(line) ?? 0) + cost);
    }
  }
  if (graph.length === 0) throw unreadable(file, 'functions and their costs (callgrind)', 'none');
  const [unit, scale] = unitOf(events[chosen]!);
  const builder = profileBuilder('callgrind', unit, false);
  const others = events.toSpliced(chosen, 1);
  if (others.length > 0) builder.note(onlyRead(events[chosen]!, others));
  return unfold(
    graph.map((node) => scaled(node, scale)),
    builder,
  );
}

function scaled(node: Read, scale: number): GraphNode {
  if (scale === 1) return node;
  const callees = [...node.callees].map(([to, call]) => [to, { ...call, total: call.total * scale }] as const);
  const lines = [...node.lines].map(([line, cost]) => [line, cost * scale] as const);
  return { ...node, self: node.self * scale, callees: new Map(callees), lines: new Map(lines) };
}

export const looksLikeCallgrind = (start: string) =>
  /^# callgrind format|^creator: callgrind|^events: .*\n(?:.*\n)*?fn=/m.test(start);
