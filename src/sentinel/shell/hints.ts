import { linesOf } from './lines.ts';
import type { Hint, Language, Place } from './script.ts';

/** Patterns of imports and calls that hint at the actions of a script. A hint is only a guess. */
const patterns: Partial<Record<Language, { kind: Hint['kind']; pattern: RegExp }[]>> = {
  python: [
    {
      kind: 'network',
      pattern:
        /^[ \t]*(?:from|import(?:[ \t]+[\w.]+,)*)[ \t]+(requests|urllib3|urllib\.request|httpx|aiohttp|http\.client)\b/gm,
    },
    { kind: 'network', pattern: /^[ \t]*from[ \t]+urllib[ \t]+import[ \t]+.*\b(request)\b/gm },
    {
      kind: 'process',
      pattern: /^(?![ \t]*#).*?\b(subprocess\.(?:run|Popen|call|check_\w+)|os\.(?:system|popen))\(/gm,
    },
  ],
  javascript: [
    { kind: 'network', pattern: /^(?![ \t]*(?:\/\/|\*)).*?(?<![.\w])(fetch)\(/gm },
    {
      kind: 'network',
      pattern:
        /^(?![ \t]*(?:\/\/|\*)).*?(?:from|require\(|import\()[ \t]*['"]((?:node:)?https?|axios|got|undici|node-fetch)['"]/gm,
    },
    {
      kind: 'process',
      pattern: /^(?![ \t]*(?:\/\/|\*)).*?(?:from|require\(|import\()[ \t]*['"](?:node:)?(child_process)['"]/gm,
    },
  ],
};

/**
 * The actions that a Python or JavaScript text seems to contain. Each action is listed once, with the line of its first occurrence. If
 * `lines` is false, each action has the line in `at` instead of its own.
 */
export function readHints(text: string, language: Language, at: Place, lines: boolean): Hint[] {
  const lineAt = linesOf(text);
  const all = (patterns[language] ?? []).flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({
      kind,
      word: match[1]!,
      at: lines ? { file: at.file, line: lineAt(match.index) } : at,
    })),
  );
  return all.filter((hint, i) => all.findIndex((h) => h.kind === hint.kind && h.word === hint.word) === i);
}
