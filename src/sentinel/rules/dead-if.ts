import { rule } from './rule.ts';

export const deadIf = rule<{ event: string }>({
  id: 'dead-if',
  severity: 'high',
  dead: true,
  title: 'Claude Code never runs this hook: its event knows no “if”',
  remedy: { act: 'take the condition away', lines: 1, saves: false },
  advice: ({ event }) =>
    `“if” holds for events of tools only, and a hook of ${event} that has one never runs: leave it out, and ask in the script.`,
  detect: ({ hook: { dead, event }, script }) =>
    dead?.code === 'if' ? [{ lines: [script.declared], facts: { event } }] : [],
});
