import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { eightDigits } from './unique.ts';

/** The only writer of files. Reading needs no door; these functions are the one place where bytes of ours reach the disk. */

/** Creates the folder and its parents. */
export function makeDir(dir: string): void {
  try {
    fs.mkdirSync(dir, { recursive: true });
  } catch (error) {
    // What a read-only file system answers is told as this; alone the folder gives the true reason.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    fs.mkdirSync(dir);
  }
}

/**
 * Writes the file whole or not at all, and durably: temporary file, fsync, rename, fsync of the folder
 * (without the last, the rename itself may be lost at a power failure).
 */
export function writeDurable(file: string, data: string | Uint8Array, mode = 0o644): void {
  writeAside(file, data, { mode, sync: true });
  syncDir(dirname(file));
}

/** The same without waiting for the disk: whole or not at all, but a power failure may lose it. For what is of the moment. */
export function writeWhole(file: string, data: string): void {
  writeAside(file, data, { mode: 0o644, sync: false });
}

function writeAside(file: string, data: string | Uint8Array, { mode, sync }: { mode: number; sync: boolean }): void {
  const dir = dirname(file);
  makeDir(dir);
  const temporary = join(dir, `.${basename(file)}.${process.pid}.${eightDigits()}.tmp`);
  try {
    const fd = fs.openSync(temporary, 'wx', mode);
    try {
      writeTo(fd, data, { file, sync });
    } finally {
      fs.closeSync(fd);
    }
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** Appends and fsyncs, so that the line is on disk when this returns. */
export function appendDurable(file: string, data: string): void {
  const fd = fs.openSync(file, 'a', 0o644);
  try {
    writeTo(fd, data, { file, sync: true });
  } finally {
    fs.closeSync(fd);
  }
}

/** What is written to a descriptor fails without saying where. */
function writeTo(fd: number, data: string | Uint8Array, { file, sync }: { file: string; sync: boolean }): void {
  try {
    fs.writeFileSync(fd, data);
    if (sync) fs.fsyncSync(fd);
  } catch (error) {
    throw Object.assign(error as Error, { path: file });
  }
}

/** Appends without fsync: for samples, which are cheap to take again. */
export function append(file: string, data: string | Uint8Array): void {
  makeDir(dirname(file));
  const fd = fs.openSync(file, 'a', 0o644);
  try {
    writeTo(fd, data, { file, sync: false });
  } finally {
    fs.closeSync(fd);
  }
}

/** Cuts a file to its first `bytes` bytes: what a torn last line needs. */
export function truncate(file: string, bytes: number): void {
  fs.truncateSync(file, bytes);
}

/** Removes a file or a whole folder of ours; nothing happens when it is not there. */
export function remove(path: string): void {
  fs.rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Renames within one file system. */
export function move(from: string, to: string): void {
  makeDir(dirname(to));
  fs.renameSync(from, to);
}

/** Makes `to` a hard link to `from`; throws EEXIST when `to` is there: the atomic step of a lock. */
export function link(from: string, to: string): void {
  fs.linkSync(from, to);
}

/** The same where a lock that is held is an answer: false when `to` is there already. */
export function tryLink(from: string, to: string): boolean {
  try {
    link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Copies one file with its mode, by reflink where the file system can, and keeps its times (build tools compare them). */
export function copyFile(from: string, to: string): void {
  fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
  const stat = fs.statSync(from);
  fs.chmodSync(to, stat.mode & 0o7777);
  fs.utimesSync(to, stat.atimeMs / 1000, stat.mtimeMs / 1000); // a Date would round up to whole milliseconds
}

/** Copies a file by sharing its blocks, and tells whether the file system can. */
export function cloneFile(from: string, to: string): boolean {
  try {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}

/** Copies a symbolic link as a link. */
export function copyLink(from: string, to: string): void {
  fs.symlinkSync(fs.readlinkSync(from), to);
}

/** Makes a symbolic link at `path` that holds `target` as its text. */
export function makeLink(target: string, path: string): void {
  fs.symlinkSync(target, path);
}

/** Removes one file or link, never a folder; a path that is gone already is fine. */
export function removeFile(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}

/** Removes a folder if it is empty, and tells whether it did. */
export function removeEmptyDir(path: string): boolean {
  try {
    fs.rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Sets the access and modification time, in seconds since 1970. */
export function setTimes(path: string, seconds: number): void {
  fs.utimesSync(path, seconds, seconds);
}

/** Sets the permission bits. */
export function setMode(path: string, mode: number): void {
  fs.chmodSync(path, mode);
}

/** A fresh folder under `parent` that nobody else uses, with our pid in its name; the caller removes it. */
export function temporaryDir(parent: string, prefix: string): string {
  makeDir(parent);
  return fs.mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

/** Opens a file for a child process to write its output to; the caller closes it. */
export function openForOutput(file: string): number {
  makeDir(dirname(file));
  return fs.openSync(file, 'w', 0o600);
}

function syncDir(dir: string): void {
  const fd = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Copies a folder and all that is in it. */
export function copyTree(from: string, to: string): void {
  fs.cpSync(from, to, { recursive: true });
}

/** Writes text to a descriptor that is open already, such as 1, at once: to set up a stream for it is felt in a hook. */
export function writeNow(fd: number, text: string): void {
  fs.writeSync(fd, text);
}
