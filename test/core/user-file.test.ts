import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readUserText } from '../../src/core/user-file.ts';
import { folder } from '../helpers/folder.ts';

it('reads a file, also one that says it is empty', () => {
  const file = join(folder(), 'a');
  writeFileSync(file, 'text');
  expect(readUserText(file)).toBe('text');
  expect(readUserText('/proc/self/status')).toMatch(/^Name:/);
});

it('opens no FIFO, no device and no folder', () => {
  const fifo = join(folder(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(() => readUserText(fifo)).toThrow('it is a FIFO, not a regular file');
  expect(() => readUserText('/dev/zero')).toThrow('it is a device, not a regular file');
  expect(() => readUserText('/')).toThrow('it is a folder, not a regular file');
  expect(() => readUserText('/nowhere')).toThrow(/ENOENT/);
});

it('reads the pipe that a shell gives for the output of a command', () => {
  const script = `import { readUserText } from './src/core/user-file.ts'; console.log(readUserText(process.argv[1]));`;
  const command = `node --import tsx --input-type=module -e "$0" <(echo piped)`;
  expect(execFileSync('bash', ['-c', command, script], { encoding: 'utf8' })).toBe('piped\n\n');
});
