import { type Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Issue } from './issue.ts';

/** A YAML text as plain data, with the positions of its values. */
export type YamlText = {
  data: unknown;
  /** Mistakes in the YAML syntax, as `line:column message`. If there are any, `data` is undefined. */
  errors: string[];
  /**
   * The position of the value at a path, as `line:column`. If the value is missing, the position of the innermost mapping or list that
   * should contain it.
   */
  locate(issue: Pick<Issue, 'path' | 'at'>): string;
};

/** Reads YAML 1.2 (core schema). Duplicate keys, unknown tags, several documents and alias bombs are errors. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const doc = parseDocument(text.replace(/^\uFEFF/, ''), {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const errors = [...doc.errors, ...doc.warnings].map((e) => `${place(e.pos[0])} ${e.message.split('\n')[0]}`);
  let data: unknown;
  if (errors.length === 0) {
    try {
      data = doc.toJS({ maxAliasCount: 100 });
    } catch (error) {
      errors.push(`1:1 ${(error as Error).message}`);
    }
  }
  return { data, errors, locate: (issue) => place(offsetOf(doc, issue)) };
}

/** The offset of the value at a path. If the value is missing, the offset of the innermost mapping or list that should contain it. */
function offsetOf(doc: Document, { path, at }: Pick<Issue, 'path' | 'at'>): number {
  let node: unknown = doc.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, key] of path.entries()) {
    node = isAlias(node) ? node.resolve(doc) : node;
    if (isSeq(node)) {
      node = node.items[Number(key)];
    } else if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (!pair) return offset;
      offset = startOf(pair.key) ?? offset;
      if (at === 'key' && depth === path.length - 1) return offset;
      node = pair.value;
    } else return offset;
    if (depth === path.length - 1) return startOf(node) ?? offset;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];
