import { type Profile, profileBuilder } from '../model.ts';
import { unreadable } from '../parsing/input.ts';
import { eachItem, fieldsReader, type Json, jsonFrom, number, skip, whole } from '../parsing/json-cursor.ts';
import { type V8Frame, v8FrameAt } from '../parsing/v8-frame.ts';

/** The deepest tree that is read. V8 keeps at most 128 callers of an allocation. */
const deepest = 250;

/**
 * A node of the tree while the file is read. `node`: the node's index in the profile, or -1 for the root. Null until the node's function
 * has been read.
 */
type Open = { parent: number; node: number | null; id: number; bytes: number; children: Json | null };

/**
 * Reads a sampling heap profile, as `node --heap-prof` and Chrome write it. A function's weight is the number of bytes that the function
 * allocated and that were still alive at the end. V8 estimates these bytes from its samples. Format:
 * https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
 * @throws profile_unreadable
 */
export function readHeapProfile(bytes: Uint8Array, file: string): Profile {
  const builder = profileBuilder('heapprofile', 'bytes');
  const nodes = new Map<number, number>();
  const samples = new Map<number, number>();
  const functions = new Map<string, V8Frame>();
  const open: Open[] = [];
  const now = () => open.at(-1)!;

  const readFields = fieldsReader({
    callFrame: (json) => {
      const frame = v8FrameAt(json, functions)?.frame;
      const { parent } = now();
      if (frame) now().node = frame.function === '(root)' ? parent : builder.node(parent, frame);
    },
    selfSize: (json) => {
      now().bytes = number(json);
    },
    id: (json) => {
      now().id = number(json);
    },
    children: (json) => {
      // V8 writes a node's function before the node's children. If another writer uses another order, the children are read later.
      if (now().node !== null) return readChildren(json);
      now().children = { ...json };
      skip(json);
    },
  });
  const readNode = (json: Json, parent: number) => {
    if (open.length === deepest) throw unreadable(file, `a heap profile of at most ${deepest} levels`, 'more');
    const { at } = json;
    const node: Open = { parent, node: null, id: Number.NaN, bytes: 0, children: null };
    open.push(node);
    readFields(json);
    if (node.node === null)
      throw unreadable(file, 'a heap profile: nodes with callFrame', `a node without callFrame at byte ${at}`);
    if (node.children) readChildren(node.children);
    open.pop();
    if (node.node === -1) builder.unnamed('(root)', node.bytes || 0, 0);
    if (node.node === -1) return;
    builder.add(node.node, node.bytes || 0, 0);
    nodes.set(node.id, node.node);
  };
  const readChildren = (json: Json) => {
    const { node } = now();
    eachItem(json, () => readNode(json, node!));
  };
  let sampled = Number.NaN;
  const readSample = fieldsReader({
    nodeId: (json) => {
      sampled = number(json);
    },
  });
  const read = fieldsReader({
    head: (json) => readNode(json, -1),
    samples: (json) =>
      eachItem(json, () => {
        sampled = Number.NaN;
        readSample(json);
        samples.set(sampled, (samples.get(sampled) ?? 0) + 1);
      }),
  });
  if (!whole(jsonFrom(bytes, file), read))
    throw unreadable(file, 'a heap profile: an object with head', 'something else');
  for (const [id, count] of samples) {
    const node = nodes.get(id);
    if (node !== undefined) builder.add(node, 0, count);
  }
  // some versions of Chrome write no samples, so the number of samples is unknown
  return samples.size > 0 ? builder.done() : { ...builder.done(), samples: null };
}
