export const initErrors = {
  settings_invalid: {
    exit: 2,
    message: (f: { file: string; problem: string }) =>
      `The settings file ${f.file} cannot be changed without losing content: ${f.problem}.`,
    hint: () => 'Correct the file, or add the plugin by hand (docs/claude-code.md). Nothing was changed.',
  },
  plugin_missing: {
    exit: 3,
    message: (f: { root: string }) => `The plugin is not part of this installation (${f.root}).`,
    hint: () => 'Install perf-gate again: npm install --global perf-gate.',
  },
} as const;
