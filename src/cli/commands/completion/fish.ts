import { type CompletedCommand, type CompletedOption, firstWords, secondWords, type Words } from './words.ts';

/** The script for fish 3.1 and later. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  return `# perf-gate completion fish > ~/.config/fish/completions/perf-gate.fish
function __perf_gate_names
    switch $argv[1]
        case commits
            git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2> /dev/null
        case runs
            ls .perf-gate/runs .perf-gate/comparisons 2> /dev/null
    end | string match -r '^[A-Za-z0-9][-A-Za-z0-9._/@+]*$'
end
function __perf_gate_at -d 'the words so far are these, and none is --'
    set -l given (commandline -opc)[2..]
    contains -- -- $given; and return 1
    test "$given" = "$argv"
end
function __perf_gate_in -d 'the words so far begin with these, and none is --'
    set -l given (commandline -opc)[2..]
    contains -- -- $given; and return 1
    test "$given[1..$(count $argv)]" = "$argv"
end
complete -c perf-gate -n 'not contains -- -- (commandline -opc)' -f
${firstWords(commands).map(wordAfter('')).join('\n')}
${secondWords(commands)
  .flatMap(([family, words]) => words.map(wordAfter(` ${family}`)))
  .join('\n')}
${commands.flatMap(linesOf).join('\n')}
`;
}

const wordAfter =
  (words: string) =>
  ([name, summary]: [string, string]): string =>
    `complete -c perf-gate -n '__perf_gate_at${words}' -a ${name} -d ${quoted(summary)}`;

const linesOf = ({ name, options, argument }: CompletedCommand): string[] => [
  ...options.map((option) => `complete -c perf-gate -n '__perf_gate_in ${name}' ${optionOf(option)}`),
  ...(argument ? argumentOf(name, argument.words) : []),
];

function optionOf({ spelled, description, value }: CompletedOption): string {
  const flags = spelled.map((one) => (one.startsWith('--') ? `-l ${one.slice(2)}` : `-s ${one.slice(1)}`));
  const taken = value ? [value.words === 'files' ? '-rF' : `-x${offered(value.words)}`] : [];
  return [...flags, ...taken, '-d', quoted(description)].join(' ');
}

/** A fixed list completes the first argument only. */
const argumentOf = (name: string, words: Words): string[] =>
  words === null
    ? []
    : [
        `complete -c perf-gate -n '__perf_gate_${Array.isArray(words) ? 'at' : 'in'} ${name}'${words === 'files' ? ' -F' : offered(words)}`,
      ];

function offered(words: Words): string {
  if (words === null) return '';
  if (words === 'folders') return " -a '(__fish_complete_directories)'";
  return ` -a '${typeof words === 'string' ? `(__perf_gate_names ${words})` : words.join(' ')}'`;
}

const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
