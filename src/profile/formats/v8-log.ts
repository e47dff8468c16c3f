import { type Frame, type Profile, profileBuilder } from '../model.ts';
import { codeMap } from '../parsing/code-map.ts';
import { linesOf } from '../parsing/input.ts';
import { v8Frame } from '../parsing/v8-frame.ts';

/** V8's states in a tick (`StateTag`). */
const [COLLECTING, ATOMICS_WAIT, IDLE] = [1, 7, 8];
const collector = v8Frame({ functionName: '(garbage collector)', url: '', lineNumber: -1, columnNumber: -1 }).frame;

/**
 * Reads the log that `node --prof` writes. Some of its lines say at which addresses V8 adds, moves or removes code, and others are ticks
 * (samples). Each tick holds the addresses of a stack, callees first. The weight of a tick is the sampling interval. As in Chrome, the
 * garbage collector's time counts on top of the interrupted stack. Format: V8's `src/logging/log.cc`, and `tools/tickprocessor.mjs`, which
 * reads it.
 */
export function readV8Log(bytes: Uint8Array): Profile {
  const code = codeMap<Frame | null>();
  const libraries: { from: number; to: number; frame: Frame }[] = [];
  const builder = profileBuilder('v8-log', 'ms');
  let interval = 1;

  const frameAt = (address: number): Frame | null | undefined =>
    code.at(address) ?? (code.has(address) ? null : libraries.find((l) => l.from <= address && address < l.to)?.frame);

  const tick = ([pc = '', , isExternal, external = '', state, ...callers]: string[]) => {
    if (Number(state) === IDLE || Number(state) === ATOMICS_WAIT) return builder.idle(interval);
    const top = isExternal === '1' ? external : pc;
    const frames = addresses([top, ...callers]).flatMap((address) => frameAt(address) ?? []);
    let node = -1;
    for (const frame of frames.reverse()) node = builder.node(node, frame);
    if (Number(state) === COLLECTING) node = builder.node(node, collector);
    if (node === -1) builder.unnamed('(unknown code)', interval, 1);
    else builder.add(node, interval, 1);
  };

  const entries: Record<string, (fields: string[]) => void> = {
    profiler: ([what, microseconds]) => {
      if (what === 'begin' && Number(microseconds) > 0) interval = Number(microseconds) / 1000;
    },
    'shared-library': ([path = '', from = '', to = '']) =>
      libraries.push({ from: Number(from), to: Number(to), frame: native(path.replace(/^.*\//, '')) }),
    'code-creation': ([type = '', , , address = '', size, name = '']) =>
      code.add(Number(address), Number(size), frameOf(type, name)),
    'code-move': ([from, to]) => code.move(Number(from), Number(to)),
    'code-delete': ([address]) => code.remove(Number(address)),
    tick,
  };
  let split = separated;
  for (const line of linesOf(bytes)) {
    const end = line.indexOf(',');
    const name = line.slice(0, end);
    if (line.startsWith('shared-library,"')) split = quoted;
    if (Object.hasOwn(entries, name)) entries[name]!(split(line.slice(end + 1)));
  }
  return builder.done();
}

const escapes: Record<string, string> = { n: '\n', '\\': '\\' };

const separated = (fields: string) => fields.split(',').map(unescaped);
/** Node 8 and older put texts in quotes instead of escaping the commas in them. */
const quoted = (fields: string) =>
  [...fields.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, text, bare]) =>
    text === undefined ? bare! : text.replaceAll('""', '"'),
  );

/** The log writes `\x2C` for a comma and `\n` for a line feed. */
const unescaped = (field: string) =>
  field.includes('\\')
    ? field.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/g, (_, x, u, c) =>
        c === undefined ? String.fromCharCode(Number.parseInt(x ?? u, 16)) : (escapes[c] ?? c),
      )
    : field;

/**
 * Parses the addresses of a stack. Old versions write an address as its distance from the previous address, such as `+1f` or `-2a`.
 * `overflow` is no address.
 */
function addresses(stack: readonly string[]): number[] {
  let last = 0;
  return stack.flatMap((text) => {
    if (text.startsWith('o')) return [];
    const isRelative = text.startsWith('+') || text.startsWith('-');
    last = isRelative ? last + Number.parseInt(text, 16) : Number(text);
    return last === 0 || Number.isNaN(last) ? [] : [last];
  });
}

const native = (name: string): Frame => ({ function: name, file: null, line: null, column: null, kind: 'native' });

/** Matches `name place:line:column`. The name is empty for an anonymous function and for the code of a module. */
const location = /^(.*?) ((?:[a-z]+:|\/|[A-Z]:\\).*|\S*):(\d+):(\d+)$/s;

/**
 * The function that a piece of code belongs to. Returns null for a part of the interpreter, whose time counts for the function that the
 * interpreter executes.
 */
function frameOf(type: string, name: string): Frame | null {
  if (type === 'BytecodeHandler') return null;
  const [, functionName = '', url = '', line, column] = location.exec(name) ?? [];
  if (line === undefined) return native(name || type);
  return v8Frame({ functionName, url, lineNumber: Number(line) - 1, columnNumber: Number(column) - 1 }).frame;
}
