import { rule } from './rule.ts';

export const deadMatcher = rule<{ matcher: string }>({
  id: 'dead-matcher',
  severity: 'high',
  dead: true,
  title: 'The client never runs this hook: its matcher matches nothing',
  advice: ({ matcher }) =>
    /^mcp__[\w-]+$/.test(matcher)
      ? `“${matcher}” is no tool. “${matcher}__.*” matches the tools of that server.`
      : `Nothing is called “${matcher}”: name what the hook is for, exactly, or write a regular expression.`,
  detect: ({ hook: { dead }, script }) =>
    dead?.code === 'matcher' ? [{ lines: [script.declared], facts: { matcher: dead.matcher } }] : [],
});
