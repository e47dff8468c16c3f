import { exit, failure } from '../../../core/errors.ts';
import { type Command, define } from '../../command.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completedOf } from './words.ts';
import { zshScript } from './zsh.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
const shells = Object.keys(scripts) as (keyof typeof scripts)[];

/** The command `completion`. Its script contains all words, so that the shell completes without starting perf-gate. */
export const completionOf = (allCommands: () => Promise<Command[]>) =>
  define({
    name: 'completion',
    group: 'hooks',
    arguments: '<shell>',
    completes: shells,
    summary: 'print a completion script for bash, zsh or fish',
    detail:
      'bash: `eval "$(perf-gate completion bash)"` in ~/.bashrc. zsh: `eval "$(perf-gate completion zsh)"` in ~/.zshrc, after compinit. fish: `perf-gate completion fish > ~/.config/fish/completions/perf-gate.fish`. The script contains all words, so that TAB does not start perf-gate: print it again after an update.',
    example: 'eval "$(perf-gate completion bash)"',
    silent: true,
    parse({ shell }) {
      const known = shells.find((name) => name === shell);
      if (known) return { shell: known };
      throw failure('usage', { problem: `There is no script for “${shell}”.`, hint: 'Use bash, zsh or fish.' });
    },
    async run({ shell }, tools) {
      const script = scripts[shell]((await allCommands()).map(completedOf));
      tools.out(tools.json ? JSON.stringify({ shell, script }) : script.trimEnd());
      return exit.done;
    },
  });
