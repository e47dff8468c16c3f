import { closeSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWithoutWaiting } from '../../core/fs.ts';

/** The files of a project that recon looks at, and the beginning of each file. */
export type Tree = {
  /** Paths relative to the root, with `/` between folders. Shallow files come first. */
  files: readonly string[];
  /** Whether the path is one of `files`, or one of Claude Code's settings files, which are in a hidden folder. */
  has(path: string): boolean;
  /** The first 256 KB of a file. Empty if `has` is false or the file cannot be read. */
  read(path: string): string;
};

const limits = { files: 5000, depth: 6, bytes: 256 * 1024 };

/** Folders of installed or built files. */
const skipped = new Set(
  'node_modules bower_components vendor target dist build out coverage venv env __pycache__ Pods site-packages'.split(
    ' ',
  ),
);

const settings = /^\.claude\/settings(\.local)?\.json$/;

/**
 * Lists the project's files, breadth first. The walk skips installed, built and hidden folders, except for Claude Code's settings in
 * `.claude`, and follows no links.
 */
export function readTree(root: string): Tree {
  const files: string[] = [];
  const hidden: string[] = [];
  let level = [''];
  for (let depth = 0; depth < limits.depth && level.length > 0 && files.length < limits.files; depth++) {
    const next: string[] = [];
    for (const dir of level) {
      for (const entry of entries(join(root, dir))) {
        const path = dir ? `${dir}/${entry.name}` : entry.name;
        if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) next.push(path);
        if (entry.isDirectory() && path === '.claude') hidden.push(...filesOf(root, path));
        if (entry.isFile() && files.length < limits.files) files.push(path);
      }
    }
    level = next;
  }
  const known = new Set([...files, ...hidden.filter((path) => settings.test(path))]);
  return {
    files,
    has: (path) => known.has(path),
    read: (path) => (known.has(path) ? beginningOf(join(root, path)) : ''),
  };
}

const filesOf = (root: string, dir: string) =>
  entries(join(root, dir)).flatMap((entry) => (entry.isFile() ? [`${dir}/${entry.name}`] : []));

function entries(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return []; // not readable
  }
}

function beginningOf(file: string): string {
  try {
    const buffer = Buffer.alloc(Math.min(statSync(file).size, limits.bytes));
    const fd = openWithoutWaiting(file);
    try {
      return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
