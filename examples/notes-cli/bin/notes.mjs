#!/usr/bin/env node
import { commands } from '../src/commands.mjs';

const [name = 'list', ...words] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`notes: no command “${name}”; there is ${Object.keys(commands).join(', ')}`);
  process.exit(2);
}
console.log((await command(words)).join('\n'));
