import { rule } from './rule.ts';

export const deadIf = rule<{ event: string }>({
  id: 'dead-if',
  severity: 'high',
  dead: true,
  title: 'Claude Code never runs this hook: its event does not support “if”',
  remedy: { act: 'remove the condition', lines: 1, saves: false },
  advice: ({ event }) =>
    `“if” works for tool events only, so Claude Code never runs a ${event} hook with an “if”: remove the “if”, and check the condition in the script.`,
  detect: ({ hook: { dead, event }, script }) =>
    dead?.code === 'if' ? [{ lines: [script.declared], facts: { event } }] : [],
});
