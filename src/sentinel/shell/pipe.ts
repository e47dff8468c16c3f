import type { CommandNode } from 'unbash';
import type { Spot } from './reading.ts';
import { redirected } from './redirect.ts';
import { evaluate } from './value.ts';

/** Programs that pass their input on to their output. */
const passing = /^(cat|tee|head|tail|tr)$/;

/** For each command of a pipe: whether the command's input is the event's JSON. */
export function inputsOf(commands: readonly CommandNode[], spot: Spot): boolean[] {
  const inputs = [spot.payload];
  for (const command of commands) inputs.push(gives(command, { ...spot, payload: inputs.at(-1)! }));
  return inputs;
}

function gives(node: CommandNode, spot: Spot): boolean {
  if (node.type !== 'Command' || !node.name) return false;
  const words = node.args.filter((arg) => arg.type === 'Word');
  if (/^(echo|printf)$/.test(node.name.value)) return words.some((word) => evaluate(word, spot).payload);
  if (node.name.value === 'timeout' && words.at(-1)?.value === 'cat') return spot.payload;
  const isOfFile = node.name.value === 'cat' && words.some(({ value }) => !/^(-|\/dev\/stdin)$/.test(value));
  return passing.test(node.name.value) && !isOfFile && redirected(node.redirects, spot).payload;
}
