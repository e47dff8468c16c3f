// Generates a library of icons: the same 200 on every machine.
import { writeFileSync } from 'node:fs';

const names = ['save', 'undo', 'print', 'close', ...Array.from({ length: 196 }, (_, n) => `icon${n}`)];
let state = 7;
const next = () => {
  state = (state * 48271) % 2147483647;
  return state % 24;
};
const path = () => Array.from({ length: 24 }, () => `L${next()} ${next()}`).join('');
const line = (name) => `export const ${name} = '<svg viewBox="0 0 24 24"><path d="M0 0${path()}z"/></svg>';\n`;
writeFileSync('src/icons.js', names.map(line).join(''));
