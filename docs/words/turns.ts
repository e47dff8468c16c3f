/** A turn of phrase that makes readers stop, and the better form. */
export interface Turn {
  /** The turn as a person would quote it. */
  turn: string;
  found: RegExp;
  /** What to write in its place. */
  write: string;
}

/** Turns that no text of this project uses; docs/decisions/0044-plain-english.md shows this table. */
export const turns: Turn[] = [
  {
    turn: 'nobody, whoever',
    found: /\b(nobody|whoever|whomever)\b/i,
    write: 'name the actor: a user, a process, a caller',
  },
  { turn: 'whatever, whichever', found: /\b(whatever|whichever)\b/i, write: 'any, every, regardless of' },
  {
    turn: 'is told, tells of',
    found: /\b(told|tells? of|telling of)\b/i,
    write: 'perf-gate prints, reports, warns; the file says',
  },
  { turn: 'is felt', found: /\b(is|are) felt\b/i, write: 'slows' },
  {
    turn: 'What … is … (a statement that begins with “What”)',
    found: /^["“(*]*What\b(?!.*\?)/,
    write: 'begin with the noun: the samples that …',
  },
  { turn: 'Where …, (a condition that begins with “Where”)', found: /^["“(*]*Where\b(?!.*\?)/, write: 'if, when' },
  { turn: 'Of …, (a sentence that begins with “Of”)', found: /^["“(*]*Of (?!course)/, write: 'put the subject first' },
  {
    turn: 'Those of …, that of … (at the beginning)',
    found: /^["“(*]*(Those|That|Such) (of|that|which|as)\b/,
    write: 'repeat the noun',
  },
  {
    turn: 'there is none, none is',
    found: /\b(there (is|are|was|were) none|none (is|are|was|were))\b/i,
    write: 'no … exists, without a …',
  },
  { turn: 'in the place of', found: /\bin (the|its|their) place of\b/i, write: 'instead of' },
  { turn: 'beside', found: /\bbeside\b/i, write: 'next to, in addition to, compared with, while … runs' },
  { turn: 'held against', found: /\b(held|hold|holds) (it |them )?against\b/i, write: 'compared with' },
  { turn: 'of ours, of yours', found: /\bof (ours|yours|theirs)\b/i, write: 'perf-gate’s, your' },
  { turn: 'by itself', found: /\bby (itself|themselves)\b/i, write: 'automatically; alone' },
  { turn: 'take back', found: /\b(take[sn]?|taking|took) (it |them |that |this )?back\b/i, write: 'revert, undo' },
  {
    turn: 'hand in',
    found: /(?<!\bby )\bhand(s|ed|ing)? (it |them |that |this )?in\b/i,
    write: 'submit',
  },
  { turn: 'cannot be told, known, said', found: /\bcannot be (told|known|said)\b/i, write: 'is unknown, is ambiguous' },
  {
    turn: 'shall, thus, hence, lest, thereof',
    found: /\b(shall|thus|hence|lest|thereof|therein|whereby|hereby)\b/i,
    write: 'must, will, so',
  },
  { turn: 'goes with, go with', found: /\b(go(es)?|went) with\b/i, write: 'matches, belongs to' },
  { turn: 'the like', found: /\band the like\b|\bthe likes? of\b/i, write: 'name the kind' },
];

/** Words; a longer sentence has to be read twice. */
export const longestSentence = 40;
