export const sentinelErrors = {
  no_plugins: {
    exit: 2,
    message: (f: { folder: string; exists: boolean }) =>
      f.exists ? `There is no plugin of Claude Code in ${f.folder}.` : `There is no folder ${f.folder}.`,
    hint: () =>
      'Name a plugin (a folder with .claude-plugin/plugin.json or hooks/hooks.json), a folder of plugins, or a marketplace. Without --plugins, the hooks of this project and of your settings are listed.',
  },
} as const;
