import type { Command } from '../shell/script.ts';
import { placesOf, spelled, waited } from './commands.ts';
import { rule } from './rule.ts';

export const packageManagerInHook = rule<{ commands: readonly string[]; conditional: boolean }>({
  id: 'package-manager-in-hook',
  severity: 'high',
  title: 'The hook calls a package manager',
  remedy: { act: 'install once, not in a hook', lines: 10, saves: true },
  advice: ({ commands, conditional }) =>
    `${commands.map((command) => `“${command}”`).join(', ')} installs or builds, which takes seconds and, without a network, perhaps minutes. ` +
    (conditional
      ? 'Let the user install the program once. In the hook, only report that the program is missing.'
      : 'Install once, outside the hook, and run the installed program.'),
  detect({ hook, script }) {
    const calls = waited(hook, script).filter(installs);
    if (calls.length === 0) return [];
    const conditional = calls.every((call) => call.conditional);
    const facts = { commands: [...new Set(calls.map(spelled))], conditional };
    return [{ lines: placesOf(calls), facts, ...(conditional ? { severity: 'medium' } : {}) }];
  },
});

/**
 * Package managers, and the subcommands that install something or look for a newer version. Null if the program always installs something
 * or looks for a newer version.
 */
const managers: [RegExp, RegExp | null][] = [
  [/^(npm|pnpm)$/, /^(install|i|ci|add|update|dlx|exec)$/],
  [/^yarn$/, /^(install|add|up|upgrade|dlx)$/],
  [/^bun$/, /^(install|i|add|update|x)$/],
  [/^(npx|bunx|uvx|pnpx)$/, null],
  [/^pip[\d.]*$/, /^(install|download)$/],
  [/^pipx$/, /^(install|run|upgrade)$/],
  [/^uv$/, /^(pip|sync|add|run|tool)$/],
  [/^(poetry|pdm|pipenv|bundle|composer)$/, /^(install|update|add|sync)$/],
  [/^(apt|apt-get|brew|dnf|yum|apk)$/, /^(install|update|upgrade|add)$/],
  [/^gem$/, /^(install|update)$/],
  [/^(cargo|go)$/, /^(install|get|build|run)$/],
];

/** `npx --no-install` runs the installed program. */
const offline = /^(--no-install|--offline|--no)$/;

function installs({ program, words }: Command): boolean {
  const isModule = /^python[\d.]*$/.test(program ?? '') && words[0]?.text === '-m';
  const line = [program ?? '', ...words.map(({ text }) => text)];
  const [manager = '', ...rest] = isModule ? line.slice(2) : line;
  const verbs = managers.find(([names]) => names.test(manager))?.[1];
  if (verbs === undefined || rest.some((word) => offline.test(word) || /^--?(version|help|[vVh])$/.test(word)))
    return false;
  return verbs === null || verbs.test(rest.find((word) => !word.startsWith('-')) ?? '');
}
