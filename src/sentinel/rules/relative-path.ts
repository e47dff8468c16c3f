import { rule } from './rule.ts';

export const relativePath = rule<{ script: string; variable: string }>({
  id: 'relative-path',
  severity: 'high',
  title: 'The hook runs a script by a relative path',
  remedy: { act: 'start the path with the plugin’s or the project’s folder', lines: 1, saves: false },
  advice: ({ script, variable }) =>
    `The path ${script} is relative to the session’s current folder, which varies. Write "\${${variable}}"/… in front of it.`,
  detect({ hook, script: { commands } }) {
    const variable = hook.root === null ? 'CLAUDE_PROJECT_DIR' : 'CLAUDE_PLUGIN_ROOT';
    return commands
      .filter(({ at, target }) => at.file === hook.file && target?.relative)
      .map(({ at, target }) => ({ lines: [at], facts: { script: target!.written, variable } }));
  },
});
