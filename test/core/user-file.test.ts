import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readUserText } from '../../src/core/user-file.ts';
import { folder } from '../helpers/folder.ts';

it('a file is read, also if the system reports its size as 0', () => {
  const file = join(folder(), 'a');
  writeFileSync(file, 'text');
  expect(readUserText(file)).toBe('text');
  expect(readUserText('/proc/self/status')).toMatch(/^Name:/);
});

it('a FIFO, a device or a folder is never opened', () => {
  const fifo = join(folder(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(() => readUserText(fifo)).toThrow('it is a FIFO, not a regular file');
  expect(() => readUserText('/dev/zero')).toThrow('it is a device, not a regular file');
  expect(() => readUserText('/')).toThrow('it is a folder, not a regular file');
  expect(() => readUserText('/nowhere')).toThrow(/ENOENT/);
});

it('the pipe that a shell makes for the output of a command is read', () => {
  const script = `import { readUserText } from './src/core/user-file.ts'; console.log(readUserText(process.argv[1]));`;
  const command = `node --import tsx --input-type=module -e "$0" <(echo piped)`;
  expect(execFileSync('bash', ['-c', command, script], { encoding: 'utf8' })).toBe('piped\n\n');
});
