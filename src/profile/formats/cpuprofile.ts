import { type Profile, profileBuilder } from '../model.ts';
import { amountOf, fieldsOf, lineOf, listOf, unreadable } from '../parsing/input.ts';
import { eachItem, fieldsReader, type Json, jsonFrom, number, numbers, value, whole } from '../parsing/json-cursor.ts';
import { type V8Frame, v8FrameAt } from '../parsing/v8-frame.ts';
import { fromHead } from '../parsing/v8-head.ts';
import { addV8Profile, emptyTree, type Ticks, type V8Profile, type V8Tree } from '../parsing/v8-profile.ts';

/**
 * Reads a V8 CPU profile, as `node --cpu-prof` and Chrome write it.
 * Format: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile
 * @throws profile_unreadable
 */
export function readCpuProfile(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('cpuprofile', 'ms');
  addV8Profile(whole(jsonFrom(bytes, file), v8ProfileAt), file, builder);
  return builder.done();
}

type Lists = { [Name in 'samples' | 'timeDeltas' | 'timestamps']?: Float64Array | null };

/** Reads the V8 CPU profile at this position, in the current form or the older one. @throws profile_unreadable */
export function v8ProfileAt(json: Json): V8Profile {
  const { file } = json;
  const read: Lists & { tree?: V8Tree | null; head?: unknown } = {};
  const list = (name: keyof Lists) => (at: Json) => {
    read[name] = numbers(at);
  };
  fieldsReader({
    nodes: (at) => {
      read.tree = treeAt(at);
    },
    head: (at) => {
      read.head = value(at);
    },
    samples: list('samples'),
    timeDeltas: list('timeDeltas'),
    timestamps: list('timestamps'),
  })(json);
  const { tree, head, samples, timeDeltas, timestamps } = read;
  if (head !== undefined && samples && timestamps) return fromHead({ head, samples, timestamps }, file);
  if (!tree || !samples || !timeDeltas) {
    const lists = { nodes: tree, samples, timeDeltas };
    const absent = Object.entries(lists).flatMap(([name, list]) => (list ? [] : [name]));
    throw unreadable(file, 'an object with the lists nodes, samples and timeDeltas', `no list ${absent.join(', ')}`);
  }
  if (samples.length !== timeDeltas.length || !timeDeltas.every(Number.isFinite))
    throw unreadable(file, 'one time delta per sample', `${samples.length} samples, ${timeDeltas.length} deltas`);
  return { tree, samples, timeDeltas };
}

function treeAt(json: Json): V8Tree | null {
  const tree = emptyTree();
  /** A cache of functions by their JSON text, because most functions have many nodes. */
  const functions = new Map<string, V8Frame>();
  let id: number | undefined;
  let call: V8Frame | undefined;
  const readNode = fieldsReader({
    id: (json) => {
      id = number(json);
    },
    callFrame: (json) => {
      call = v8FrameAt(json, functions);
    },
    children: (json) =>
      eachItem(json, () => {
        tree.callers.push(tree.ids.length);
        tree.called.push(number(json));
      }),
    positionTicks: (json) => {
      const ticks = ticksAt(json);
      if (ticks.length > 0) tree.ticks.set(tree.ids.length, ticks);
    },
  });
  const isList = eachItem(json, (i) => {
    id = undefined;
    call = undefined;
    readNode(json);
    if (id === undefined || Number.isNaN(id) || !call)
      throw unreadable(json.file, 'nodes with id and callFrame', `nodes[${i}] without`);
    tree.ids.push(id);
    tree.calls.push(call);
  });
  return isList ? tree : null;
}

function ticksAt(json: Json): Ticks {
  const ticks: [number, number][] = [];
  for (const { line, ticks: samples } of listOf(value(json)).map(fieldsOf))
    if (lineOf(line) && amountOf(samples)) ticks.push([line as number, samples as number]);
  return ticks;
}
