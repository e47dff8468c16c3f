import type { Dead } from '../hook.ts';
import { deadWords } from '../words.ts';
import { rule } from './rule.ts';

type Shape = Extract<Dead, { code: 'shape' | 'event' | 'type' | 'plugin_refused' }>;

export const deadShape = rule<Shape>({
  id: 'dead-shape',
  severity: 'high',
  dead: true,
  title: 'Claude Code never runs this hook: its declaration is invalid',
  remedy: { act: 'declare the hook as Claude Code expects', lines: 1, saves: false },
  advice: (dead) => `Correct the declaration: ${deadWords(dead)}.`,
  detect({ hook: { dead }, script }) {
    const isOther = dead === null || dead.code === 'matcher' || dead.code === 'if' || dead.code === 'switched_off';
    return isOther ? [] : [{ lines: [script.declared], facts: dead }];
  },
});
