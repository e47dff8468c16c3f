import { type CompletedCommand, firstWords, namesFunction, secondWords, type Words } from './words.ts';

/** The script for bash 3.2 and later. If it offers no words, bash offers file names. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const families = secondWords(commands).map(([family]) => family);
  return `# In ~/.bashrc: eval "$(perf-gate completion bash)"
${namesFunction}
_perf_gate() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} words= options= at
  COMPREPLY=()
  # bash makes three words of --format=json
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((at = COMP_CWORD - 1; at > 1; at--)); do
    [[ \${COMP_WORDS[at]} == -- ]] || continue
    declare -F _command_offset > /dev/null && _command_offset $((at + 1)) # what follows is another command
    return
  done
  case $COMP_CWORD:$command in
    1:*) words='${namesOf(firstWords(commands))}' ;;
${secondWords(commands)
  .map(([family, of]) => `    2:${family}) words='${namesOf(of)}' ;;`)
  .join('\n')}
    *:${families.join(' | *:')}) command+=" \${COMP_WORDS[2]}" ;;
  esac
  case $command in
${commands.map(caseOf).join('\n')}
  esac
  [[ $word == -* ]] && words=$options
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _perf_gate perf-gate
`;
}

const namesOf = (words: readonly [string, string][]) => words.map(([name]) => name).join(' ');

function caseOf({ name, options, argument }: CompletedCommand): string {
  const spelled = options.flatMap((option) => option.spelled).join(' ');
  const taking = (fits: (words: Words) => boolean) =>
    options.filter(({ value }) => value && fits(value.words)).flatMap((option) => option.spelled);
  const named = options.flatMap((option) => {
    const setting = option.value && wordsOf(option.value.words);
    return setting ? [`        ${option.spelled.join(' | ')}) ${setting} ;;`] : [];
  });
  const files = taking((words) => words === 'files' || words === 'folders');
  const free = taking((words) => words === null);
  return [
    `    '${name}')`,
    `      options='${spelled}'`,
    '      case $before in',
    ...named,
    ...(files.length > 0 ? [`        ${files.join(' | ')}) return ;;`] : []),
    ...(free.length > 0 ? [`        ${free.join(' | ')}) compopt +o default 2> /dev/null; return ;;`] : []),
    ...argumentOf(name, argument?.words),
    '      esac ;;',
  ].join('\n');
}

/** Completes the first argument from a fixed list; completes every argument from commits or runs. */
function argumentOf(name: string, words: Words | undefined): string[] {
  if (words === undefined) return ['        *) words=$options ;;'];
  const setting = wordsOf(words);
  if (setting === null) return [];
  return [`        ${Array.isArray(words) ? name.split(' ').at(-1) : '*'}) ${setting} ;;`];
}

/** The shell assignment that sets `words`; null for files, folders and free text. */
function wordsOf(words: Words): string | null {
  if (words === 'commits' || words === 'runs') return `words=$(_perf_gate_names ${words})`;
  return Array.isArray(words) ? `words='${words.join(' ')}'` : null;
}
