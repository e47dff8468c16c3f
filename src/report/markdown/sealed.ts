import { code } from './syntax.ts';

const SHOWN = 12;

/**
 * Lines with the files that are protected by default. Patterns come last. After 12 lines, one line states how many files are left out.
 * Empty if no file is protected by default.
 */
export function sealedLines(sealed: readonly string[] = []): string[] {
  const patterns = sealed.filter((pattern) => !pattern.startsWith('!'));
  const files = [...patterns.filter((p) => !p.includes('*')), ...patterns.filter((p) => p.includes('*'))];
  const left = files.length - SHOWN;
  return [
    ...files.slice(0, SHOWN).map(code),
    ...(left > 0 ? [`${left} more files that the commands run or read`] : []),
  ];
}

/** A sentence with the files that are protected although the contract does not name them. Empty if no such file exists. */
export function sealedText(sealed: readonly string[] | undefined): string {
  const lines = sealedLines(sealed);
  if (lines.length === 0) return '';
  return `Protected by default, because the commands run or read them: ${lines.join(', ')}. \`guards.unprotected\` lists exceptions.`;
}
