import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completionOf } from '../../src/cli/commands/completion/completion.ts';
import { allCommands } from '../../src/cli/commands.ts';
import { everywhere } from '../../src/cli/options.ts';
import { call } from '../helpers/call.ts';
import { repositoryIn } from '../helpers/repository.ts';
import { hasTmux, terminal } from '../helpers/terminal.ts';

const command = completionOf(allCommands);
const shells = ['bash', 'zsh', 'fish'] as const;
let project = '';

const has = (shell: string) => {
  try {
    return execFileSync(shell, ['-c', 'exit 0']).length === 0;
  } catch {
    return false;
  }
};

/** A project with files, a tag, a run, and a branch whose name is a command for a shell that evaluates it. */
beforeAll(async () => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-completion-')));
  repositoryIn(project, { 'before.json': '[]', 'after it.json': '[]' });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: project, stdio: 'pipe' });
  git('tag', 'v1.4');
  git('branch', 'ev$(>owned)');
  mkdirSync(join(project, '.perf-gate/runs/2026-01-02-less'), { recursive: true });
  for (const shell of shells)
    writeFileSync(join(project, `script.${shell}`), (await call(command, { cwd: project }, [shell])).out);
});

afterAll(() => rmSync(project, { recursive: true, force: true, maxRetries: 3 }));

/** The completions of a shell for a line with TAB at its end. perf-gate is not on the PATH. */
const offers = {
  bash(line: string) {
    // as readline cuts it
    const words = line.match(/[^\s=]+|=|(?<=[\s=])$/g)!;
    const script = `source ./script.bash; COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _perf_gate; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return linesOf('bash', ['--norc', '-c', script, 'bash', ...words]);
  },
  fish: (line: string) =>
    linesOf('fish', ['--no-config', '-c', 'source ./script.fish; complete -C $argv[1]', line]).map(
      (offered) => offered.split('\t')[0]!,
    ),
};

const linesOf = (file: string, args: string[]) =>
  execFileSync(file, args, { cwd: project, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', HOME: project } })
    .split('\n')
    .filter(Boolean);

const scenarios = readdirSync('sentinel/scenarios').map((name) => name.replace('.json', ''));

const lines: [line: string, offered: string[]][] = [
  ['perf-gate meas', ['measure']],
  ['perf-gate monitor re', ['regressions', 'report', 'resources']],
  ['perf-gate workflow --format ', ['json', 'mermaid', 'table']],
  ['perf-gate attempts ', ['list', 'restore', 'show']],
  ['perf-gate monitor export gr', ['grafana']],
  ['perf-gate bisect v', ['v1.4']],
  ['perf-gate bisect v1.4 ev', []],
  ['perf-gate show 2026', ['2026-01-02-less']],
  ['perf-gate list --j', ['--json']],
  ['perf-gate profile --tool callg', ['callgrind']],
  ['perf-gate sentinel benchmark x.sh --scenario ', scenarios],
];

it.for(['bash', 'fish'] as const)('%s offers commands, options, fixed values, commits and runs', (shell, { skip }) => {
  skip(!has(shell), `${shell} is not installed`);
  for (const [line, offered] of lines) expect(offers[shell](line).sort(), line).toEqual(offered.toSorted());
  expect(existsSync(join(project, 'owned'))).toBe(false);
});

it('offers every option of every command, in bash', async () => {
  for (const { name, options } of await allCommands()) {
    for (const { words = [] } of Object.values(options)) for (const word of words) expect(word).toMatch(/^[\w.-]+$/);
    const expected = Object.keys({ ...options, ...everywhere }).map((flags) => flags.split(' ')[0]);
    expect(offers.bash(`perf-gate ${name} --`).sort(), name).toEqual([...expected, '--help'].sort());
  }
});

const prompts = { bash: 'bash --norc', zsh: 'zsh -f', fish: 'fish --no-config' };

it.for(shells)('%s completes a command, a value and a file on TAB', async (shell, { skip }) => {
  skip(!hasTmux() || !has(shell), `tmux or ${shell} is not installed`);
  const { type, press, sees } = terminal(project, { PS1: '> ', HOME: project, EDITOR: '' });
  const typed = async (line: string, key: string, shown: RegExp) => {
    type(line);
    press(key);
    await sees(shown);
  };
  await typed(prompts[shell], 'Enter', /[>%#$] *$/m);
  const load = shell === 'zsh' ? 'autoload -U compinit; compinit -u -D; ' : '';
  await typed(`clear; ${load}source ./script.${shell}; echo load''ed`, 'Enter', /loaded/);
  await typed('perf-gate workf', 'Tab', /perf-gate workflow /);
  await typed('--format=mer', 'Tab', /--format=mermaid/);
  press('C-u');
  await typed('perf-gate judge bef', 'Tab', /judge before\.json/);
  press('C-u');
  await typed('perf-gate bisect v1', 'Tab', /bisect v1\.4/);
  press('C-u');
  await typed('perf-gate bisect ev', 'Tab', /bisect ev/);
  press('C-u');
  await typed('perf-gate lease -- ls aft', 'Tab', /ls after\\ it\.json/);
  expect(existsSync(join(project, 'owned'))).toBe(false);
});
