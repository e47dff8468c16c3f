import { type Command, families, isFamily } from '../../command.ts';
import { everywhere } from '../../options.ts';

/** Completions: fixed words, or names of a kind. Null for free text. */
export type Words = readonly string[] | 'files' | 'folders' | 'commits' | 'runs' | null;

/** An option with all its spellings. `value` is missing if the option takes none or if the value is optional. */
export type CompletedOption = {
  spelled: string[];
  description: string;
  repeats: boolean;
  value?: { name: string; words: Words };
};

/** A command for completion. `argument` is missing if the command takes none. */
export type CompletedCommand = {
  name: string;
  summary: string;
  options: CompletedOption[];
  argument?: { name: string; words: Words };
};

/** The parts of a command that a completion script needs. */
export function completedOf({ name, summary, options, arguments: positional, completes }: Command): CompletedCommand {
  const [argument] = positional.split(' ').filter(Boolean);
  return {
    name,
    summary,
    options: [...Object.entries({ ...options, ...everywhere }).map(optionOf), help],
    ...(argument && { argument: { name: nameIn(argument), words: completes ?? 'files' } }),
  };
}

const help: CompletedOption = { spelled: ['--help'], description: 'print the help of the command', repeats: false };

function optionOf([flags, { letter, description, repeats, words }]: [
  string,
  Command['options'][`--${string}`],
]): CompletedOption {
  const [long = '', value = ''] = flags.split(' ');
  return {
    spelled: letter ? [long, `-${letter}`] : [long],
    description,
    repeats: repeats === true || value.endsWith('...>'),
    ...(value.startsWith('<') && {
      value: { name: nameIn(value), words: words ?? kinds[nameIn(value)] ?? null },
    }),
  };
}

/** Completions by the name of a value in the help. */
const kinds: Record<string, Words> = {
  file: 'files',
  files: 'files',
  dir: 'folders',
  folder: 'folders',
  hash: 'commits',
  run: 'runs',
};

const nameIn = (spelled: string) => spelled.replace(/[<>[\].]/g, '');

/** The possible first words, commands and families, with their summaries. */
export const firstWords = (commands: readonly CompletedCommand[]): [string, string][] => [
  ...new Map(
    commands.map(({ name, summary }): [string, string] => {
      const [first = ''] = name.split(' ');
      return [first, isFamily(first) ? families[first] : summary];
    }),
  ),
];

/** The families, each with its second words and their summaries. */
export const secondWords = (commands: readonly CompletedCommand[]): [string, [string, string][]][] =>
  Object.keys(families).map((family) => [
    family,
    commands.flatMap(({ name, summary }): [string, string][] =>
      name.startsWith(`${family} `) ? [[name.slice(family.length + 1), summary]] : [],
    ),
  ]);

/**
 * A shell function that prints names of commits or runs. It leaves out names with characters that are special to a shell: the repository's
 * author chose the names, and the user's shell would execute them.
 */
export const namesFunction = `_perf_gate_names() {
  case $1 in
    commits) git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes ;;
    runs) ls .perf-gate/runs .perf-gate/comparisons ;;
  esac 2> /dev/null | grep -x '[A-Za-z0-9][-A-Za-z0-9._/@+]*'
}`;
