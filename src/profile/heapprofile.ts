import { amountOf, fieldsOf, jsonOf, listOf, unreadable } from './input.ts';
import { type Profile, profileBuilder } from './model.ts';
import { isCallFrame, v8Frame } from './v8-frame.ts';

/**
 * Reads a sampling heap profile: what `node --heap-prof` and Chrome write. Bytes that were allocated there and still were
 * alive at its end, as V8 estimates them from its samples.
 * Format: https://chromedevtools.github.io/devtools-protocol/tot/HeapProfiler/#type-SamplingHeapProfile
 * @throws profile_unreadable
 */
export function readHeapProfile(bytes: Uint8Array, file: string): Profile {
  const { head, samples } = fieldsOf(jsonOf(bytes, file));
  const builder = profileBuilder('heapprofile', 'bytes');
  const counts = new Map<unknown, number>();
  for (const sample of listOf(samples)) {
    const { nodeId } = fieldsOf(sample);
    counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
  }
  const open: { raw: unknown; parent: number; path: string }[] = [{ raw: head, parent: -1, path: 'head' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { callFrame, selfSize, id, children } = fieldsOf(next.raw);
    if (!isCallFrame(callFrame)) throw unreadable(file, 'a heap profile: nodes with callFrame', `${next.path} without`);
    const { frame } = v8Frame(callFrame);
    const isRoot = callFrame.functionName === '(root)';
    const node = isRoot ? next.parent : builder.node(next.parent, frame);
    if (node !== -1) builder.add(node, amountOf(selfSize), counts.get(id) ?? 0);
    listOf(children).forEach((raw, i) => {
      open.push({ raw, parent: node, path: `${next!.path}.children[${i}]`.slice(-200) });
    });
  }
  return builder.done();
}
