import { rule } from './rule.ts';

export const deadShape = rule<{ code: string; detail: string }>({
  id: 'dead-shape',
  severity: 'high',
  dead: true,
  title: 'The client never runs this hook: its declaration has the wrong shape',
  advice: ({ code, detail }) => wrong[code]!(detail),
  detect({ hook: { dead }, script }) {
    if (dead?.code === 'shape') return [{ lines: [script.declared], facts: { code: 'shape', detail: dead.expected } }];
    if (dead?.code === 'event') return [{ lines: [script.declared], facts: { code: 'event', detail: dead.event } }];
    if (dead?.code !== 'plugin_refused') return [];
    return [{ lines: [script.declared], facts: { code: 'plugin_refused', detail: dead.detail } }];
  },
});

const wrong: Record<string, (detail: string) => string> = {
  shape: (expected) => `Write it as the client expects it: ${expected}.`,
  event: (event) => `There is no event “${event}”: name one that the client knows, such as PreToolUse.`,
  plugin_refused: (reason) => `The client refuses the whole plugin: ${reason}.`,
};
