import { isOfTool } from '../discover/events.ts';
import { meaningOf } from '../discover/matcher.ts';
import { rule } from './rule.ts';

export const broadMatcher = rule<{ matcher: string; event: string }>({
  id: 'broad-matcher',
  severity: 'medium',
  title: 'The hook runs for every command, or for every tool',
  remedy: { act: 'narrow the matcher', lines: 1, saves: true },
  advice: ({ matcher, event }) =>
    matcher.includes('Bash')
      ? `“${matcher}” starts the hook for every command of ${event}: restrict it with "if", such as "Bash(git *)".`
      : `“${matcher}” starts the hook for every tool of ${event}: name the tools that the hook needs.`,
  detect({ hook: { event, matcher, if: only }, script }) {
    if (!isOfTool(event) || only !== null || !isBroad(event, matcher)) return [];
    return [{ lines: [script.declared], facts: { matcher: matcher!, event } }];
  },
});

/** A matcher that is empty or `*` is reported by the rule `no-matcher` instead. */
function isBroad(event: string, matcher: string | null): boolean {
  const meaning = meaningOf(event, matcher);
  if (meaning === null || meaning === 'all') return false;
  return 'names' in meaning ? meaning.names.includes('Bash') : /^\^?\(?\.[*+]\)?\$?$/.test(matcher!);
}
