import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { folder } from '../../helpers/folder.ts';

/** A shell that looks like a client of Claude Code: the path of its program is like the client's. */
export type Client = {
  pid: number;
  tell(line: string): void;
  heard(pattern: RegExp): Promise<string>;
  gone(): Promise<void>;
};

export function clientAt(path: string): string {
  const file = join(folder(), path);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync('/bin/sh', file);
  return file;
}

/** Starts a program with a script; it ends with its stdin. */
export function started(program: string, script: string, name = program): Client {
  const child: ChildProcessWithoutNullStreams = spawn(program, ['-c', script], { argv0: name, cwd: dirname(program) });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    pid: child.pid!,
    tell: (line) => void child.stdin.write(`${line}\n`),
    async heard(pattern) {
      for (;;) {
        const found = pattern.exec(out);
        if (found) return found[0];
        await sleep(5);
      }
    },
    async gone() {
      child.stdin.end();
      await ended;
    },
  };
}
