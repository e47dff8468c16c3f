import { domainNames } from '../../../core/domain-names.ts';
import { exit, failure } from '../../../core/errors.ts';
import { define } from '../../command.ts';
import { choice, flag, text } from '../../options.ts';
import { initCi } from './ci.ts';
import { initClaude } from './claude.ts';
import { initConfig, initDomain } from './files.ts';

export const command = define({
  name: 'init',
  group: 'machine',
  summary: 'set up this project: configuration, contract, or the plugin',
  detail:
    'Writes .perf-gate/config.yaml with its defaults as comments. With an option, `init` does another task instead: it adds the plugin to .claude/settings.json (--claude), writes perf-gate.yaml with the commands found in the project (--domain), or writes the workflows that measure pull requests (--ci). Existing files and settings stay as they are.',
  example: 'perf-gate init --domain db_query',
  options: {
    '--claude': flag('enable the plugin for Claude Code in .claude/settings.json'),
    '--domain <name>': choice('write perf-gate.yaml with the template of a domain', domainNames, { noun: 'domain' }),
    '--ci <name>': choice('write workflows for pull requests: github', ['github']),
    '--benchmark <command>': text('with --ci: also write perf-gate.yaml for this command'),
  },
  parse(given) {
    if (given.benchmark === undefined || given.ci !== undefined) return given;
    throw failure('usage', {
      problem: '--benchmark is for --ci.',
      hint: "perf-gate init --ci github --benchmark 'node bench.mjs'",
    });
  },
  async run({ claude, domain, ci, benchmark }, tools) {
    const { cwd, env } = tools;
    // Every kind of set-up keeps existing files, so it can be repeated.
    const { changed, told, next } = claude
      ? initClaude(cwd)
      : domain
        ? await initDomain(cwd, domain, env)
        : ci
          ? initCi(cwd, benchmark)
          : initConfig(cwd);
    if (tools.json) tools.out(JSON.stringify({ changed, told, next }));
    else tools.out([...told, next].join('\n'));
    return exit.done;
  },
});
