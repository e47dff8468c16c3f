import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realInside } from '../../core/locate.ts';
import type { Frame, Profile } from '../model.ts';

/** The largest size, in bytes, of a generated file or map that is read. */
const largest = 64 * 1024 * 1024;

const comment = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/;
const inline = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,(.*)$/s;

/**
 * An address such as `webpack://app/src/a.js` is a path in the project, or one of webpack's own modules. Other addresses except `file:` are
 * ignored.
 */
const webpack = /^webpack:\/\/[^/]*\/(.*)$/;
const scheme = /^(?!file:)[a-z][a-z+.-]+:/i;

/** A position in the sources. Lines and columns count from 1. */
type Origin = { file: string; line: number; column: number; name: string | null };
/** Finds the source of a position in a generated file. `column`: null if only the line is known. */
type Lookup = (line: number, column: number | null) => Origin | null;

/**
 * Maps frames in generated files to their sources, by source maps inside the file or next to it. Reads nothing outside `roots`. If a map is
 * missing, is broken or names files outside `roots`, the frames of the generated file stay as they are.
 */
export async function followSourceMaps(profile: Profile, roots: readonly string[]): Promise<Profile> {
  const lookups = new Map<string, Lookup | null>();
  const frames: Frame[] = [];
  for (const frame of profile.frames) {
    const { file, line } = frame;
    if (frame.kind !== 'code' || file === null || line === null || !/\.[cm]?js(\?|$)/.test(file)) {
      frames.push(frame);
      continue;
    }
    if (!lookups.has(file)) lookups.set(file, await lookupFor(file, roots));
    const origin = lookups.get(file)?.(line, frame.column ?? 1);
    frames.push(origin ? { ...frame, ...placed(origin), function: frame.function || (origin.name ?? '') } : frame);
  }
  const nodes = profile.nodes.map((node) => {
    const [generated, frame] = [profile.frames[node.frame]!, frames[node.frame]!];
    if (node.line === null || frame === generated) return node;
    const origin = lookups.get(generated.file!)!(node.line, null);
    return { ...node, line: origin?.file === frame.file ? origin.line : null };
  });
  return { ...profile, frames, nodes };
}

const placed = ({ file, line, column }: Origin) => ({ file, line, column });

async function lookupFor(file: string, roots: readonly string[]): Promise<Lookup | null> {
  const path = pathOf(file);
  for (const root of roots) {
    const generated = realInside(root, isAbsolute(path) ? relative(root, path) : path);
    const text = generated && read(generated);
    if (!text) continue;
    try {
      const map = mapOf(text, generated, root);
      if (map) return unlessBroken(await lookupIn(map.text, map.base, root));
    } catch {
      return null; // the map is broken
    }
  }
  return null;
}

/** Returns null for positions that cannot be decoded, because a map may be broken in the middle. */
function unlessBroken(lookup: Lookup): Lookup {
  return (line, column) => {
    try {
      return lookup(line, column);
    } catch {
      return null;
    }
  };
}

/** The text of a generated file's source map. `base`: the folder that the source paths in the map are relative to. */
function mapOf(generated: string, file: string, root: string): { text: string; base: string } | null {
  const url = comment.exec(generated.trimEnd())?.[1];
  const base = dirname(file);
  const [, base64, data] = (url && inline.exec(url)) || [];
  if (data !== undefined)
    return { text: base64 ? Buffer.from(data, 'base64').toString('utf8') : decodeURIComponent(data), base };
  const beside = realInside(root, relative(root, url && !/^[a-z]+:/i.test(url) ? resolve(base, url) : `${file}.map`));
  const text = beside && read(beside);
  return text && beside ? { text, base: dirname(beside) } : null;
}

async function lookupIn(text: string, base: string, root: string): Promise<Lookup> {
  const { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } = await import('@jridgewell/trace-mapping');
  const map = new TraceMap(text);
  return (line, column) => {
    // if the column is unknown, the first position that the map has on this line is used
    const found =
      column === null
        ? originalPositionFor(map, { line, column: 0, bias: LEAST_UPPER_BOUND })
        : originalPositionFor(map, { line, column: column - 1 });
    if (!found.source) return null;
    const ofWebpack = webpack.exec(found.source)?.[1];
    if (ofWebpack === undefined ? scheme.test(found.source) : !realInside(root, ofWebpack)) return null;
    const file = ofWebpack === undefined ? resolve(base, pathOf(found.source)) : resolve(root, ofWebpack);
    const way = relative(root, file);
    if (way.startsWith('..') || isAbsolute(way)) return null;
    return { file, line: found.line, column: found.column + 1, name: found.name };
  };
}

function read(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() && stat.size <= largest ? readFileSync(file, 'utf8') : undefined;
}

function pathOf(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    return fileURLToPath(file.replace(/[?#].*$/, ''));
  } catch {
    return file;
  }
}
