import type { Command } from '../shell/script.ts';
import { operands, placesOf, spelled, waited } from './commands.ts';
import { rule } from './rule.ts';

export const packageManagerInHook = rule<{ commands: readonly string[]; conditional: boolean }>({
  id: 'package-manager-in-hook',
  severity: 'high',
  title: 'The hook calls a package manager',
  advice: ({ commands, conditional }) =>
    `${commands.map((command) => `“${command}”`).join(', ')} asks a registry and takes seconds or, without a network, minutes. ` +
    (conditional
      ? 'Let a person run it once, and only say here that it is missing.'
      : 'Install once, and run what was installed.'),
  detect({ hook, script }) {
    const calls = waited(hook, script).filter(installs);
    if (calls.length === 0) return [];
    const conditional = calls.every((call) => call.conditional);
    const facts = { commands: [...new Set(calls.map(spelled))], conditional };
    return [{ lines: placesOf(calls), facts, ...(conditional ? { severity: 'medium' } : {}) }];
  },
});

/** What installs, or looks for a newer version before it runs: by the first operand; null for whatever it is asked. */
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
  [/^(cargo|gem|go)$/, /^(install|get)$/],
];

/** `npx --no-install` runs what is there. */
const offline = /^(--no-install|--offline|--no)$/;

function installs(command: Command): boolean {
  const { program, words } = command;
  const verbs = managers.find(([names]) => names.test(program ?? ''))?.[1];
  if (verbs === undefined || words.some(({ text }) => offline.test(text) || /^--?(version|help|[vVh])$/.test(text)))
    return false;
  if (program !== null && /^python/.test(program)) return false;
  return verbs === null || verbs.test(operands(command)[0] ?? '');
}
