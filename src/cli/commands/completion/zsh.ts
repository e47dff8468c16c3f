import {
  type CompletedCommand,
  type CompletedOption,
  firstWords,
  namesFunction,
  secondWords,
  type Words,
} from './words.ts';

/** The script for zsh; works as a file of $fpath and in `eval`. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const families = secondWords(commands);
  return `#compdef perf-gate
# In ~/.zshrc, after compinit: eval "$(perf-gate completion zsh)"
${namesFunction}
_perf_gate_commits() { compadd -- \${(f)"$(_perf_gate_names commits)"} }
_perf_gate_runs() { compadd -- \${(f)"$(_perf_gate_names runs)"} }
_perf_gate() {
  local -a known
  local command=$words[2] at=\${words[(I)--]}
  if ((at > 1 && at < CURRENT)); then
    shift $at words # what follows is another command
    ((CURRENT -= at))
    _normal
    return
  fi
  case $CURRENT:$command in
    2:*) known=(${describedAs(firstWords(commands))}) ;;
${families.map(([family, of]) => `    3:${family}) known=(${describedAs(of)}) ;;`).join('\n')}
    *:${families.map(([family]) => family).join(' | *:')})
      command+=" $words[3]"
      shift words
      ((CURRENT -= 1)) ;;
  esac
  if (($#known)); then
    _describe command known
    return
  fi
  shift words
  ((CURRENT -= 1))
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}
if [[ $funcstack[1] == _perf_gate ]]; then _perf_gate "$@"; else compdef _perf_gate perf-gate; fi
`;
}

const describedAs = (words: readonly [string, string][]) =>
  words.map(([name, summary]) => quoted(`${name}:${escaped(summary)}`)).join(' ');

function caseOf({ name, options, argument }: CompletedCommand): string {
  const specs = [...options.flatMap(specsOf), ...argumentOf(argument)];
  return [`    '${name}') _arguments -S \\`, `${specs.map((spec) => `      ${quoted(spec)}`).join(' \\\n')} ;;`].join(
    '\n',
  );
}

/** An option that was given is no longer offered, in any of its spellings, unless it may be repeated. */
const specsOf = ({ spelled, description, repeats, value }: CompletedOption): string[] =>
  spelled.map((one) => {
    const once = repeats ? '*' : spelled.length > 1 ? `(${spelled.join(' ')})` : '';
    const equals = value && one.startsWith('--') ? '=' : '';
    const taken = value ? `:${value.name}:${actionOf(value.words)}` : '';
    return `${once}${one}${equals}[${escaped(description)}]${taken}`;
  });

/** A fixed list completes the first argument only. */
const argumentOf = (argument: CompletedCommand['argument']): string[] =>
  argument ? [`${Array.isArray(argument.words) ? '1' : '*'}:${argument.name}:${actionOf(argument.words)}`] : [];

function actionOf(words: Words): string {
  if (words === null) return ' ';
  return typeof words === 'string' ? actions[words] : `(${words.join(' ')})`;
}

const actions = { files: '_files', folders: '_files -/', commits: '_perf_gate_commits', runs: '_perf_gate_runs' };

const escaped = (text: string) => text.replace(/[\\:[\]]/g, '\\$&');
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
