export const initErrors = {
  settings_invalid: {
    exit: 2,
    message: (f: { file: string; problem: string }) =>
      `The settings ${f.file} cannot be changed without losing something: ${f.problem}.`,
    hint: () => 'Mend the file, or add the plugin by hand (docs/claude-code.md). Nothing was changed.',
  },
  plugin_missing: {
    exit: 3,
    message: (f: { root: string }) => `The plugin is not part of this installation (${f.root}).`,
    hint: () => 'Install perf-gate completely: npm install --global perf-gate.',
  },
} as const;
