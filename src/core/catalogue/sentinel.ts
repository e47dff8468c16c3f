import { indented, listed } from '../text.ts';

/**
 * A hook whose source code is not in this project. `repository`: the git repository that contains the hook, or null. `from`: the source
 * that the plugin names, or null.
 */
type Elsewhere = {
  hook: string;
  folder: string;
  project: string;
  item: number;
  repository: string | null;
  from: string | null;
};

type NotMeasured = { item: number; title: string; files: readonly string[]; action: string };

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
        : `Give the name of a hook, the end of its name, or \`all\`. The hooks here: ${listed(f.known, 20)}.`,
  },
  no_scenario: {
    exit: 2,
    message: (f: { named: string; known: readonly string[] }) => `There is no scenario “${f.named}”.`,
    hint: (f: { named: string; known: readonly string[] }) =>
      `Name one of these scenarios: ${listed(f.known, 20)}. Or name a file that ends in .json. \`sentinel/scenarios/\` of the package has examples.`,
  },
  hook_input_invalid: {
    exit: 2,
    message: (f: { file: string; issues: readonly string[] }) =>
      `The input for hooks ${f.file} is not valid:${indented(f.issues)}`,
    hint: () => 'Correct the issues named above, or remove the file. `sentinel/inputs/` of the package has examples.',
  },
  hook_baseline_tag: {
    exit: 2,
    message: (f: { tag: string }) => `“${f.tag}” cannot be the tag of a baseline.`,
    hint: () =>
      'A tag begins with a letter or a digit, and has at most 64 characters: letters, digits, and the signs `._+-`. `latest` is reserved for the newest baseline.',
  },
  hook_baseline_exists: {
    exit: 2,
    message: (f: { tag: string; file: string }) => `The baseline ${f.tag} already exists: ${f.file}.`,
    hint: () => 'Give another name with --tag, or replace this baseline with --force.',
  },
  no_hook_baseline: {
    exit: 2,
    message: (f: { tag: string | null; known: readonly string[] }) =>
      f.tag === null ? 'There is no baseline of these hooks.' : `There is no baseline “${f.tag}”.`,
    hint: (f: { tag: string | null; known: readonly string[] }) =>
      f.known.length === 0
        ? 'Make a baseline with `perf-gate sentinel baseline`.'
        : `Make a baseline with \`perf-gate sentinel baseline\`, or name a baseline with --baseline: ${listed(f.known, 20)}.`,
  },
  hook_baseline_of_others: {
    exit: 2,
    message: (f: { tag: string; of: string }) =>
      `The baseline ${f.tag} holds none of these hooks: it was made in ${f.of}.`,
    hint: () =>
      'Name another baseline with --baseline, or make a baseline of these hooks with `perf-gate sentinel baseline`.',
  },
  hook_baseline_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The baseline ${f.file} cannot be read: ${f.reason}.`,
    hint: () =>
      'Make the baseline again with `perf-gate sentinel baseline --force`, or name another baseline with --baseline.',
  },
  no_cage: {
    exit: 3,
    message: (f: { why: string }) => `No hook was run, because perf-gate cannot make a cage on this machine: ${f.why}.`,
    hint: () =>
      'perf-gate runs hooks only in a cage, which undoes all that they write. Allow user namespaces (or Landlock), or use another machine. `perf-gate sentinel audit --static` runs no hook.',
  },
  sentinel_home_taken: {
    exit: 2,
    message: (f: { folder: string; foreign: string }) =>
      `The folder ${f.folder} holds files that are not perf-gate’s (“${f.foreign}”), so perf-gate stores nothing there.`,
    hint: () => 'Set PERF_SENTINEL_HOME to a folder that nothing else uses, or unset this variable.',
  },
  sentinel_config_invalid: {
    exit: 2,
    message: (f: { file: string; issues: readonly string[] }) =>
      `The settings ${f.file} are not valid:${indented(f.issues)}`,
    hint: () => 'Correct or remove the keys named above. docs/sentinel-sessions.md lists all keys with their defaults.',
  },
  sentinel_variable_invalid: {
    exit: 2,
    message: (f: { name: string; value: string; expected: string }) =>
      `${f.name} is “${f.value}”, and must be ${f.expected}.`,
    hint: (f: { name: string }) => `Correct the variable, or unset ${f.name}.`,
  },
  no_session: {
    exit: 2,
    message: (f: { wanted: string | null; folder: string | null }) =>
      f.folder === null
        ? `${f.wanted} holds no session: none of its records has a time.`
        : f.wanted === null
          ? `There is no session of Claude Code in ${f.folder}.`
          : `There is no session of Claude Code with the id ${f.wanted}.`,
    hint: () =>
      'Name a transcript: `~/.claude/projects/*/*.jsonl`, or below CLAUDE_CONFIG_DIR. Or run a session: `perf-gate sentinel profile-session -- claude`.',
  },
  no_plan: {
    exit: 2,
    message: (f: { file: string }) => `There is no plan for the hooks yet (${f.file}).`,
    hint: () => 'Make a plan with `perf-gate sentinel optimize`. For the plugins in a folder, add --plugins DIR.',
  },
  plan_unreadable: {
    exit: 2,
    message: (f: { file: string; reason: string }) => `The plan ${f.file} cannot be read: ${f.reason}.`,
    hint: () => 'Make a new plan: `perf-gate sentinel optimize`.',
  },
  no_plan_item: {
    exit: 2,
    message: (f: { item: number; items: readonly number[] }) =>
      f.items.length === 0 ? 'The plan has no items.' : `The plan has no item ${f.item}: it has ${f.items.length}.`,
    hint: () => '`perf-gate sentinel optimize` prints the items with their numbers.',
  },
  plan_item_not_measured: {
    exit: 2,
    message: (f: NotMeasured) =>
      `No run can be started for item ${f.item} (${f.title}): measuring a hook does not show the effect of this item.`,
    hint: (f: NotMeasured) =>
      `Make the change yourself, in ${listed(f.files, 5) || 'the files that declare the hooks'}: ${f.action} Then see what the change saved: \`perf-gate sentinel audit\`.`,
  },
  hook_gone: {
    exit: 2,
    message: (f: { hook: string; place: string }) => `The hook ${f.hook} is no longer in ${f.place}.`,
    hint: () => 'Make a new plan: `perf-gate sentinel optimize`.',
  },
  hook_elsewhere: {
    exit: 2,
    message: (f: Elsewhere) => `The hook ${f.hook} is in ${f.folder}, outside of this project (${f.project}).`,
    hint: (f: Elsewhere) =>
      f.repository === null
        ? `A run needs a git repository that holds the hook${f.from === null ? '' : `: clone ${f.from}`}. Then make the plan for that folder: \`perf-gate sentinel optimize --plugins DIR\`.`
        : `Start the run there: \`perf-gate start --from-plan ${f.item} --cwd ${f.repository}\`.`,
  },
  hook_not_run: {
    exit: 2,
    message: (f: { hook: string; why: string }) => `The hook ${f.hook} cannot be measured: ${f.why}`,
    hint: () => '`perf-gate sentinel audit` shows what the hook does.',
  },
  client_settings_invalid: {
    exit: 2,
    message: (f: { file: string; problem: string }) =>
      `The settings of Claude Code in ${f.file} cannot be changed without losing content: ${f.problem}.`,
    hint: () => 'Correct the file, and run the command again. Nothing was changed.',
  },
} as const;
