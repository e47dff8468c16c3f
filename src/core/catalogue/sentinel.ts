import { indented, listed } from '../text.ts';

export const sentinelErrors = {
  no_plugins: {
    exit: 2,
    message: (f: { folder: string; exists: boolean }) =>
      f.exists ? `There is no plugin of Claude Code in ${f.folder}.` : `There is no folder ${f.folder}.`,
    hint: () =>
      'Name a plugin (a folder with .claude-plugin/plugin.json or hooks/hooks.json), a folder of plugins, or a marketplace. Without --plugins, the hooks of this project and of your settings are listed.',
  },
  no_hook: {
    exit: 2,
    message: (f: { hook: string; known: readonly string[] }) => `There is no hook “${f.hook}” here.`,
    hint: (f: { hook: string; known: readonly string[] }) =>
      f.known.length === 0
        ? 'No hook is declared here: name a folder of plugins with --plugins.'
        : `Name one of them, or the end of its name, or all: ${listed(f.known, 20)}.`,
  },
  hook_input_invalid: {
    exit: 2,
    message: (f: { file: string; issues: readonly string[] }) =>
      `The input for hooks ${f.file} is not valid:${indented(f.issues)}`,
    hint: () => 'Correct the issues named above, or remove the file. `sentinel/inputs/` of the package has examples.',
  },
  sentinel_home_taken: {
    exit: 2,
    message: (f: { folder: string; foreign: string }) =>
      `The folder ${f.folder} holds other files (“${f.foreign}”): nothing is kept there.`,
    hint: () => 'Name a folder of its own in PERF_SENTINEL_HOME, or unset it.',
  },
  sentinel_config_invalid: {
    exit: 2,
    message: (f: { file: string; issues: readonly string[] }) =>
      `The settings ${f.file} are not valid:${indented(f.issues)}`,
    hint: () => 'Correct the keys named above, or remove them: docs/sentinel.md lists all keys with their defaults.',
  },
  sentinel_variable_invalid: {
    exit: 2,
    message: (f: { name: string; value: string; expected: string }) =>
      `${f.name} is “${f.value}”, and must be ${f.expected}.`,
    hint: (f: { name: string }) => `Correct the variable, or unset ${f.name}.`,
  },
} as const;
