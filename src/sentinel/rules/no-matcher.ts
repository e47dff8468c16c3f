import { isOfTool } from '../discover/events.ts';
import { meaningOf } from '../discover/matcher.ts';
import { rule } from './rule.ts';

export const noMatcher = rule<{ event: string }>({
  id: 'no-matcher',
  severity: 'medium',
  title: 'The hook runs for every tool',
  remedy: { act: 'name the tools that the hook needs', lines: 1, saves: true },
  advice: ({ event }) =>
    `The hook starts at every ${event}, including each Read and each search. Set "matcher" to the tools that the hook needs, such as "Edit|Write".`,
  detect({ hook: { event, matcher, if: only }, script }) {
    if (!isOfTool(event) || meaningOf(event, matcher) !== 'all' || only !== null) return [];
    return [{ lines: [script.declared], facts: { event } }];
  },
});
