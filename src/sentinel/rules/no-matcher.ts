import { isOfTool } from '../discover/events.ts';
import { meaningOf } from '../discover/matcher.ts';
import { rule } from './rule.ts';

export const noMatcher = rule<{ event: string }>({
  id: 'no-matcher',
  severity: 'medium',
  title: 'The hook runs for every tool',
  remedy: { act: 'name the tools that it is for', lines: 1, saves: true },
  advice: ({ event }) =>
    `It starts at every ${event}, for each Read and each search too. Set "matcher" to the tools that it is for, such as "Edit|Write".`,
  detect({ hook: { event, matcher, if: only }, script }) {
    if (!isOfTool(event) || meaningOf(event, matcher) !== 'all' || only !== null) return [];
    return [{ lines: [script.declared], facts: { event } }];
  },
});
