import { existsSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { Collector, LineRan } from './collector.ts';
import { filesIn, textOf } from './written.ts';

const range = z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() });
const schema = z.object({
  result: z.array(z.object({ url: z.string(), functions: z.array(z.object({ ranges: z.array(range) })) })),
  'source-map-cache': z.optional(z.record(z.string(), z.unknown())),
});
type Range = z.infer<typeof range>;

/**
 * V8's own coverage, which every process of Node writes when it ends. The coverage counts how often each range of a source ran. Ranges are
 * nested, and a character ran as often as the innermost range around it. If a loader or a bundler translated the source before it ran, the
 * offsets of the ranges refer to the translated text. It is then unknown which lines of the source ran.
 * https://nodejs.org/api/cli.html#node_v8_coveragedir
 */
export const nodeCoverage: Collector = {
  isSource: (path) => /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path),
  env: (out) => ({ NODE_V8_COVERAGE: out }),
  read(out, root) {
    const files = filesIn(out, /^coverage-.*\.json$/);
    if (files.length === 0) return undefined;
    const loaded = new Map<string, Range[][]>();
    const translated = new Set<string>();
    for (const file of files) readInto(file, loaded, translated);
    const isBuilt = (file: string) =>
      inside(file, root) && /[/\\](?:dist|build|out|lib-cov|\.next|\.cache)[/\\]/.test(file);
    const builds = [...loaded.keys()].some(isBuilt);
    return (file) => {
      const processes = loaded.get(file);
      // git writes unusual file names with escape sequences: no file exists at such a path, so it is unknown which lines ran
      if (translated.has(file) || !existsSync(file)) return null;
      // unknown (null) if a built copy of the file could have run instead of the file
      if (processes === undefined) return builds || /\.[cm]?tsx?$|\.jsx$/.test(file) ? null : () => false;
      const source = textOf(file);
      return source === null ? null : lineRan(source, processes);
    };
  },
};

const inside = (file: string, root: string) =>
  file.startsWith(root + sep) && !file.includes(`${sep}node_modules${sep}`);

/** Reads the coverage in a file. Ignores an invalid file, such as one that is incomplete. */
function readInto(file: string, loaded: Map<string, Range[][]>, translated: Set<string>): void {
  const parsed = schema.safeParse(jsonOf(textOf(file) ?? ''));
  if (!parsed.success) return;
  for (const url of Object.keys(parsed.data['source-map-cache'] ?? {})) translated.add(pathOf(url));
  for (const { url, functions } of parsed.data.result) {
    if (!url.startsWith('file:')) continue;
    const path = pathOf(url);
    loaded.set(path, [...(loaded.get(path) ?? []), functions.flatMap(({ ranges }) => ranges)]);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function pathOf(url: string): string {
  try {
    const path = fileURLToPath(url.split('?')[0]!);
    return existsSync(path) ? realpathSync(path) : path;
  } catch {
    return url;
  }
}

function lineRan(source: string, processes: readonly Range[][]): LineRan {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line) => {
    const begin = starts[line - 1];
    if (begin === undefined) return null;
    const text = source.slice(begin, starts[line] ?? source.length);
    if (text.trim() === '' || /^\s*(?:\/\/|\/?\*)/.test(text)) return null;
    const first = begin + text.search(/\S/);
    const last = begin + text.trimEnd().length - 1;
    return processes.some((ranges) => {
      const inner = ranges.flatMap(({ startOffset }) =>
        startOffset > first && startOffset <= last ? [startOffset] : [],
      );
      return [first, last, ...inner].some((offset) => countAt(offset, ranges) > 0);
    });
  };
}

/** The execution count of the smallest range around an offset. */
function countAt(offset: number, ranges: readonly Range[]): number {
  let best: Range | undefined;
  for (const one of ranges) {
    if (one.startOffset > offset || one.endOffset <= offset) continue;
    if (!best || one.endOffset - one.startOffset <= best.endOffset - best.startOffset) best = one;
  }
  return best?.count ?? 0;
}
