import { namesOf, takesAll, toolEvents } from './events.ts';
import { rule } from './rule.ts';

export const broadMatcher = rule<{ matcher: string; event: string }>({
  id: 'broad-matcher',
  severity: 'medium',
  title: 'The hook runs for every command, or for every tool',
  advice: ({ matcher, event }) =>
    matcher.includes('Bash')
      ? `“${matcher}” starts it for every command of ${event}: add "if", such as "Bash(git *)", for those that it is for.`
      : `“${matcher}” starts it for every tool of ${event}: name the tools that it is for.`,
  detect({ hook: { event, matcher, if: only }, script }) {
    if (!toolEvents.includes(event) || takesAll(matcher) || only !== null || !isBroad(matcher!)) return [];
    return [{ lines: [script.declared], facts: { matcher: matcher!, event } }];
  },
});

const isBroad = (matcher: string): boolean =>
  namesOf(matcher)?.includes('Bash') ?? /^\^?\(?\.[*+]\)?\$?$/.test(matcher);
