import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a project as far as recon looks, and their beginnings. */
export type Tree = {
  /** Relative to the root, `/` between folders, in order of depth. */
  files: readonly string[];
  /** One of `files`, or the settings of Claude Code, which lie hidden. */
  has(path: string): boolean;
  /** The first 256 KB of a file; empty when there is none. */
  read(path: string): string;
};

const most = { files: 5000, depth: 6, bytes: 256 * 1024 };

/** Folders that hold what was installed or built, not what was written. */
const skipped = new Set(
  'node_modules bower_components vendor target dist build out coverage venv env __pycache__ Pods site-packages'.split(
    ' ',
  ),
);

const settings = /^\.claude\/settings(\.local)?\.json$/;

/** Lists the project breadth first; never enters installed, built or hidden folders (of `.claude` it knows the settings), never follows links, only reads. */
export function readTree(root: string): Tree {
  const files: string[] = [];
  const hidden: string[] = [];
  let level = [''];
  for (let depth = 0; depth < most.depth && level.length > 0 && files.length < most.files; depth++) {
    const next: string[] = [];
    for (const dir of level) {
      for (const entry of entries(join(root, dir))) {
        const path = dir ? `${dir}/${entry.name}` : entry.name;
        if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) next.push(path);
        if (entry.isDirectory() && path === '.claude') hidden.push(...filesOf(root, path));
        if (entry.isFile() && files.length < most.files) files.push(path);
      }
    }
    level = next;
  }
  const known = new Set([...files, ...hidden.filter((path) => settings.test(path))]);
  return {
    files,
    has: (path) => known.has(path),
    read: (path) => (known.has(path) ? beginning(join(root, path)) : ''),
  };
}

const filesOf = (root: string, dir: string) =>
  entries(join(root, dir)).flatMap((entry) => (entry.isFile() ? [`${dir}/${entry.name}`] : []));

function entries(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // a folder that may not be read tells nothing
  }
}

function beginning(file: string): string {
  try {
    const buffer = Buffer.alloc(Math.min(statSync(file).size, most.bytes));
    const fd = openSync(file, 'r');
    try {
      return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
