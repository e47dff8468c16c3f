import type { Dead } from '../hook.ts';
import { deadWords } from '../words.ts';
import { rule } from './rule.ts';

export const deadMatcher = rule<Extract<Dead, { code: 'matcher' }>>({
  id: 'dead-matcher',
  severity: 'high',
  dead: true,
  title: 'Claude Code never runs this hook: its matcher matches nothing',
  remedy: { act: 'name a tool that exists, or delete the hook', lines: 1, saves: false },
  advice: (dead) => `Correct the declaration: ${deadWords(dead)}.`,
  detect: ({ hook: { dead }, script }) => (dead?.code === 'matcher' ? [{ lines: [script.declared], facts: dead }] : []),
});
