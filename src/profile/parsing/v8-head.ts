import { fieldsOf, listOf, stringOf, unreadable } from './input.ts';
import { v8Frame } from './v8-frame.ts';
import { emptyTree, type V8Profile } from './v8-profile.ts';

/** The older form of a V8 CPU profile: nested nodes, and the time of each sample, in µs. */
export type V8Head = { head: unknown; samples: Float64Array; timestamps: Float64Array };

/**
 * Converts a profile from the older form to the current one. v8-profiler-next and old versions of Chrome write the older form.
 * @throws profile_unreadable
 */
export function fromHead({ head, samples, timestamps }: V8Head, file: string): V8Profile {
  // if there is one more timestamp than samples, it is the end of the last sample
  const more = timestamps.length - samples.length;
  if ((more !== 0 && more !== 1) || !timestamps.every(Number.isFinite))
    throw unreadable(file, 'a timestamp per sample', `${samples.length} samples, ${timestamps.length} timestamps`);
  const tree = emptyTree();
  const open: { node: unknown; caller: number }[] = [{ node: head, caller: -1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { id, functionName, url, lineNumber, children } = fieldsOf(next.node);
    if (typeof id !== 'number' || typeof functionName !== 'string')
      throw unreadable(file, 'nodes with id and functionName', 'one without');
    const index = tree.ids.push(id) - 1;
    // the older form counts lines from 1
    const line = typeof lineNumber === 'number' ? lineNumber - 1 : -1;
    tree.calls.push(v8Frame({ functionName, url: stringOf(url), lineNumber: line, columnNumber: -1 }));
    if (next.caller !== -1) {
      tree.callers.push(next.caller);
      tree.called.push(id);
    }
    for (const node of listOf(children)) open.push({ node, caller: index });
  }
  return { tree, samples, timeDeltas: timestamps.map((at, i) => (i === 0 ? 0 : at - timestamps[i - 1]!)) };
}
