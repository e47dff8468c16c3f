import { failure } from '../../../core/errors.ts';
import type { Entrant } from '../../../experiment/lineup.ts';
import type { Values } from '../../command.ts';
import { lettered, text, texts, under } from '../../options.ts';
import { type Chosen, combinationsOf, fill, parameterOptions } from './parameters.ts';
import { commandsIn, scriptOf } from './words.ts';

/** Options that work as in hyperfine: commands before and after the runs, parameters, and names. */
export const entrantOptions = {
  '--setup <command>': lettered('s', text('run this once before all runs (see also --cleanup)')),
  '--prepare <command>': lettered('p', texts('run this before each run, untimed (see --conclude)')),
  ...under('hidden', {
    '--cleanup <command>': lettered('c', text('run this once after all runs')),
    '--conclude <command>': texts('run this after each run, untimed'),
  }),
  ...parameterOptions,
  '--command-name <name>': lettered('n', texts('a command’s name in the output; may be repeated')),
  '--reference <command>': text('the command to compare all others with'),
};

/**
 * The commands to measure: first the reference, if given, then the typed commands with every combination of parameters.
 * @throws usage: no command, or options that do not fit
 */
export function entrantsOf(
  words: readonly string[],
  { reference, ...given }: Values<typeof entrantOptions>,
  example: string,
): [Entrant, ...Entrant[]] {
  const typed = commandsIn(words);
  const combinations = combinationsOf(given);
  const all = combinations.flatMap((chosen) => typed.map((command) => ({ command, chosen })));
  const scripts = all.map(({ command, chosen }) => ({
    script: scriptOf(
      command.map((word) => fill(word, chosen)),
      example,
    ),
    chosen,
    written: command.join(' '),
  }));
  const before = reference === undefined ? [] : [{ script: reference, chosen: {}, written: reference }];
  const rows = [...before, ...scripts];
  const [prepare, conclude] = [oneEach('--prepare', given.prepare, rows), oneEach('--conclude', given.conclude, rows)];
  const names = namesFor(given.commandName, scripts.length);
  mustBeUsed(combinations[0]!, [...typed.flat(), ...rowTexts(given)]);
  const entrants = rows.map(({ script, chosen, written }, i): Entrant => {
    const filled = (what: string | undefined) => (what === undefined ? undefined : fill(what, chosen));
    const around = {
      setup: filled(given.setup),
      prepare: filled(prepare[i]),
      conclude: filled(conclude[i]),
      cleanup: filled(given.cleanup),
    };
    const name = filled(names[i - before.length])?.trim();
    const known = Object.fromEntries(Object.entries(around).filter(([, what]) => what));
    return { name: name || script + unseen(chosen, written), script, parameters: chosen, ...known };
  });
  return entrants as [Entrant, ...Entrant[]];
}

const rowTexts = ({ setup, cleanup, prepare, conclude }: Omit<Values<typeof entrantOptions>, 'reference'>) =>
  [setup, cleanup, ...prepare, ...conclude].flatMap((text) => text ?? []);

/**
 * The values of an option such as `--prepare`, one value for each command. If the user gave a single value, it is used for all commands.
 * @throws usage
 */
function oneEach(option: string, given: readonly string[], rows: readonly unknown[]): (string | undefined)[] {
  if (given.length === 0 || given.length === rows.length) return [...given];
  if (given.length === 1) return rows.map(() => given[0]);
  throw failure('usage', {
    problem: `${option} is given ${given.length} times, but there are ${rows.length} commands.`,
    hint: `Give the option once for all commands, or once for each command.`,
  });
}

/**
 * The values of `--command-name`, one value for each command, in order. If there is a single value, and it contains a parameter, as in
 * `sort {n}`, it is used for all commands.
 * @throws usage
 */
function namesFor(given: readonly string[], commands: number): (string | undefined)[] {
  if (given.length > commands)
    throw failure('usage', {
      problem: `--command-name is given ${given.length} times, but there ${commands === 1 ? 'is one command' : `are ${commands} commands`}.`,
      hint: 'Give at most one name for each command.',
    });
  const [only] = given;
  return given.length === 1 && /\{.+\}/.test(only!) ? Array.from({ length: commands }, () => only) : [...given];
}

/** Checks that a command or option uses each parameter. @throws usage */
function mustBeUsed(chosen: Chosen, texts: readonly string[]): void {
  const unused = Object.keys(chosen).find((name) => !texts.some((text) => text.includes(`{${name}}`)));
  if (unused === undefined) return;
  throw failure('usage', {
    problem: `No command uses the parameter ${unused}.`,
    hint: `Write {${unused}} where the value of the parameter belongs: -- sleep {${unused}}`,
  });
}

/** The text ` (name = value)` with the parameters that do not appear in the command, so that equal commands have different names. */
function unseen(chosen: Chosen, written: string): string {
  const hidden = Object.entries(chosen).filter(([name]) => !written.includes(`{${name}}`));
  return hidden.length === 0 ? '' : ` (${hidden.map(([name, value]) => `${name} = ${value}`).join(', ')})`;
}
