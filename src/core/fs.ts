import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** perf-gate writes files only with the functions of this module. Every module may read files. */

/** Creates the folder and its parents; new folders get the given mode. */
export function makeDir(dir: string, mode = 0o777): void {
  try {
    fs.mkdirSync(dir, { recursive: true, mode });
  } catch (error) {
    // If the file system is read-only, Node reports ENOENT with `recursive`, and the true error without it.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    fs.mkdirSync(dir, { mode });
  }
}

/**
 * Writes the whole file or nothing, and returns when the file is on disk. The file is written under another name and then renamed. The
 * folder is synchronised too, because otherwise a power failure could undo the rename.
 */
export function writeDurable(file: string, data: string | Uint8Array, mode = 0o644): void {
  writeAside(file, data, { mode, sync: true });
  syncDir(dirname(file));
}

/** Writes the whole file or nothing. A power failure can lose the file, so this function is only for short-lived data. */
export function writeWhole(file: string, data: string | Uint8Array): void {
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

/** Eight hexadecimal digits for a file name. `Math.random` is enough for them, and loading `node:crypto` would slow down hooks. */
export const eightDigits = () =>
  Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');

/** Appends to an existing file and fsyncs, so the line is on disk when this function returns. Throws ENOENT if the file is gone. */
export function appendDurable(file: string, data: string): void {
  const fd = fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_APPEND);
  try {
    writeTo(fd, data, { file, sync: true });
  } finally {
    fs.closeSync(fd);
  }
}

/** Writes to a descriptor. Adds the path to an error, because Node's errors about descriptors have no path. */
function writeTo(fd: number, data: string | Uint8Array, { file, sync }: { file: string; sync: boolean }): void {
  try {
    fs.writeFileSync(fd, data);
    if (sync) fs.fsyncSync(fd);
  } catch (error) {
    throw Object.assign(error as Error, { path: file });
  }
}

/** Appends text without fsync. Used for samples, because lost samples can be measured again. */
export function append(file: string, data: string | Uint8Array): void {
  makeDir(dirname(file));
  const fd = fs.openSync(file, 'a', 0o644);
  try {
    writeTo(fd, data, { file, sync: false });
  } finally {
    fs.closeSync(fd);
  }
}

/** Shortens a file to its first `bytes` bytes, to remove an incomplete last line. */
export function truncate(file: string, bytes: number): void {
  fs.truncateSync(file, bytes);
}

/** Removes a file or a whole folder; does nothing if the path does not exist. */
export function remove(path: string): void {
  fs.rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Renames a file or folder. Both paths must be in the same file system. */
export function move(from: string, to: string): void {
  makeDir(dirname(to));
  fs.renameSync(from, to);
}

/** Makes `to` a hard link to `from`. Locks use this operation, because it is atomic. Throws EEXIST if `to` exists. */
export function link(from: string, to: string): void {
  fs.linkSync(from, to);
}

/** Makes a hard link. False if `to` exists. */
export function tryLink(from: string, to: string): boolean {
  try {
    link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Makes a hard link. False if the link cannot be made, for example on a file system without hard links. */
export function share(from: string, to: string): boolean {
  try {
    link(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Copies a file with its mode and its times (build tools compare times). Uses a reflink if the file system supports reflinks. */
export function copyFile(from: string, to: string): void {
  fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
  const stat = fs.statSync(from);
  fs.chmodSync(to, stat.mode & 0o7777);
  fs.utimesSync(to, stat.atimeMs / 1000, stat.mtimeMs / 1000); // a Date would round the times to whole milliseconds
}

/**
 * Like `copyFile`, but asynchronous and only to a new path. `stat` belongs to `from`. Throws EEXIST if `to` exists, because an existing
 * `to` could be a hard link: writing to it would then change a second file.
 */
export async function copyFileAnew(from: string, to: string, stat: fs.Stats): Promise<void> {
  // `copyFile` also copies the mode.
  await fs.promises.copyFile(from, to, fs.constants.COPYFILE_FICLONE | fs.constants.COPYFILE_EXCL);
  await fs.promises.utimes(to, stat.atimeMs / 1000, stat.mtimeMs / 1000);
}

/** Copies a file by reflink only. False if the file system has no reflinks. */
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

/** Makes a symbolic link at `path` with the text `target`. */
export function makeLink(target: string, path: string): void {
  fs.symlinkSync(target, path);
}

/** Removes a file or link, never a folder; does nothing if the path does not exist. */
export function removeFile(path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
  }
}

/** Removes a folder if it is empty. Returns false if the folder stays. */
export function removeEmptyDir(path: string): boolean {
  try {
    fs.rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Sets the times of access and modification, in seconds since 1970. */
export function setTimes(path: string, seconds: number): void {
  fs.utimesSync(path, seconds, seconds);
}

/** Sets the permission bits. */
export function setMode(path: string, mode: number): void {
  fs.chmodSync(path, mode);
}

/** Sets the owner and the group of a file; does nothing if this user may not change them. */
export function setOwner(path: string, uid: number, gid: number): void {
  try {
    fs.chownSync(path, uid, gid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** Empties a file, or creates it. The kernel thereby sets its modification time to now. */
export function touch(file: string): void {
  makeDir(dirname(file));
  fs.writeFileSync(file, '');
}

/** Makes a new folder under `parent`, with the pid of this process in its name. The caller removes it. */
export function temporaryDir(parent: string, prefix: string): string {
  makeDir(parent);
  return fs.mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

/**
 * Opens a file for the output of a child process. Returns a descriptor from which the caller can also read the output. The caller must
 * close it.
 */
export function openForOutput(file: string): number {
  makeDir(dirname(file));
  return fs.openSync(file, 'w+', 0o600);
}

/** Opens a file for reading; does not block if a FIFO has replaced it. */
export function openWithoutWaiting(file: string): number {
  return fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
}

function syncDir(dir: string): void {
  const fd = fs.openSync(dir, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Copies a folder with its content. */
export function copyTree(from: string, to: string): void {
  fs.cpSync(from, to, { recursive: true });
}

/** Writes text synchronously to an open descriptor, such as 1 (stdout). Hooks use this, because a stream takes longer to set up. */
export function writeNow(fd: number, text: string): void {
  fs.writeSync(fd, text);
}
