import { indented, listed, quoted } from '../text.ts';

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
  hook_baseline_tag: {
    exit: 2,
    message: (f: { tag: string }) => `${quoted(f.tag)} cannot be the tag of a baseline.`,
    hint: () =>
      'A tag begins with a letter or a digit, has only those and . _ + - and is no longer than 64 characters; `latest` stands for the newest baseline.',
  },
  hook_baseline_exists: {
    exit: 2,
    message: (f: { tag: string; file: string }) => `There is a baseline ${f.tag} already: ${f.file}.`,
    hint: () => 'Give another name with --tag, or replace it with --force.',
  },
  no_hook_baseline: {
    exit: 2,
    message: (f: { tag: string | null; known: readonly string[] }) =>
      f.tag === null ? 'There is no baseline of these hooks.' : `There is no baseline ${quoted(f.tag)}.`,
    hint: (f: { tag: string | null; known: readonly string[] }) =>
      f.known.length === 0
        ? 'Make one with `perf-gate sentinel baseline`.'
        : `Make one with \`perf-gate sentinel baseline\`, or name one with --baseline: ${listed(f.known, 20)}.`,
  },
  hook_baseline_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The baseline ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'Make it again with `perf-gate sentinel baseline --force`, or name another one with --baseline.',
  },
  no_cage: {
    exit: 3,
    message: (f: { why: string }) => `No hook was run, because there is no cage here: ${f.why}.`,
    hint: () =>
      'Hooks run only where nothing that they do stays: allow user namespaces (or Landlock), or use another machine. `perf-gate sentinel audit --static` runs nothing.',
  },
} as const;
