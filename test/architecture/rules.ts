import { noCircle } from './circles.ts';
import { throughDoors } from './doors.ts';
import { mirrors } from './mirror.ts';
import { inKnownFolder, oneWay, spelledOut } from './order.ts';
import { atMost, named, noBarrel, nothingInvented } from './shape.ts';
import type { Source } from './source.ts';
import { pureMachine, stageFolders, stagesApart, stagesUncompared } from './stages.ts';

/** Each violation is one line: `src/git/a.ts: what is wrong`. */
type Rule = (sources: Source[]) => string[];
type Violation = { rule: string; text: string };

/** What holds for all files of `src/`. */
export const sourceRules = {
  'a known folder': inKnownFolder,
  'one way': oneWay,
  'spelled out': spelledOut,
  'no circle': noCircle,
  'single doors': throughDoors,
  'stages apart': stagesApart,
  'folders of stages': stageFolders,
  'stages uncompared': stagesUncompared,
  'a pure machine': pureMachine,
  'names that say something': named,
  'no barrel': noBarrel,
  'nothing invented': nothingInvented,
  short: atMost(250),
} satisfies Record<string, Rule>;

/** What holds for all files of `test/`; `paths` are those of `src/`. */
export const testRules = (paths: string[]) =>
  ({ 'mirror of src': mirrors(paths), 'short tests': atMost(300) }) satisfies Record<string, Rule>;

export const violations = (sources: Source[], rules: Record<string, Rule> = sourceRules): Violation[] =>
  Object.entries(rules).flatMap(([rule, check]) => check(sources).map((text) => ({ rule, text })));
