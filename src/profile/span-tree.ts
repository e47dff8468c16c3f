import { failure } from '../core/errors.ts';
import { namedPart } from './frames.ts';
import { type Profile, profileBuilder } from './model.ts';

/** Something that took time inside of something else. */
export type Span = {
  id: string /** Null at the top. */;
  parent: string | null;
  name: string /** At least 0. */;
  ms: number;
};

/**
 * A profile out of spans: the time of each less that of the spans directly inside of it is its own. Spans of one name at one
 * place are one entry. Where children took longer together than their parent they ran side by side, and it keeps nothing.
 * @throws profile_unreadable where a span is its own ancestor
 */
export function profileOfSpans(format: string, spans: readonly Span[], file: string): Profile {
  const builder = profileBuilder(format, 'ms', false);
  const known = new Set(spans.map((span) => span.id));
  const children = new Map<string | null, Span[]>();
  for (const span of spans) {
    // a parent that wrote no line of its own is no place: its children stand at the top
    const parent = span.parent !== null && known.has(span.parent) ? span.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  let placed = 0;
  const open = (children.get(null) ?? []).map((span) => ({ span, parent: -1 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { span } = next;
    const below = children.get(span.id) ?? [];
    const node = builder.node(next.parent, namedPart(span.name));
    const own = span.ms - below.reduce((sum, child) => sum + child.ms, 0);
    builder.add(node, Math.max(0, own), 1);
    open.push(...below.map((child) => ({ span: child, parent: node })));
    placed++;
  }
  if (placed < spans.length)
    throw failure('profile_unreadable', {
      file,
      expected: 'spans inside of each other',
      found: 'a span inside of itself',
    });
  return builder.done();
}
