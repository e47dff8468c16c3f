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
  no_session: {
    exit: 2,
    message: (f: { wanted: string | null; folder: string | null }) =>
      f.folder === null
        ? `${f.wanted} tells of no session: there is no record with a time in it.`
        : f.wanted === null
          ? `There is no session of Claude Code in ${f.folder}.`
          : `There is no session of Claude Code with the id ${f.wanted}.`,
    hint: () =>
      'Name a transcript: `~/.claude/projects/*/*.jsonl` (or in CLAUDE_CONFIG_DIR). Or run a session: `perf-gate sentinel profile-session -- claude`.',
  },
} as const;
