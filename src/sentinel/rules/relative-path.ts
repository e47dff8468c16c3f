import { rule } from './rule.ts';

export const relativePath = rule<{ script: string; variable: string }>({
  id: 'relative-path',
  severity: 'high',
  title: 'The hook runs a script by a relative path',
  remedy: { act: 'name the file from the plugin’s own folder on', lines: 1, saves: false },
  advice: ({ script, variable }) =>
    `${script} is looked for in the folder where the session happens to be. Write "\${${variable}}"/… in front of it.`,
  detect({ hook, script: { commands } }) {
    const variable = hook.root === null ? 'CLAUDE_PROJECT_DIR' : 'CLAUDE_PLUGIN_ROOT';
    return commands
      .filter(({ at, target }) => at.file === hook.file && target?.relative)
      .map(({ at, target }) => ({ lines: [at], facts: { script: target!.written, variable } }));
  },
});
