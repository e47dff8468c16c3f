import { code } from './syntax.ts';

const SHOWN = 12;

/** The files that are protected by default, settings that need not exist last, and how many are left out. Empty where there are none. */
export function sealedLines(sealed: readonly string[] = []): string[] {
  const patterns = sealed.filter((pattern) => !pattern.startsWith('!'));
  const files = [...patterns.filter((p) => !p.includes('*')), ...patterns.filter((p) => p.includes('*'))];
  const left = files.length - SHOWN;
  return [
    ...files.slice(0, SHOWN).map(code),
    ...(left > 0 ? [`${left} more files that decide what the commands do`] : []),
  ];
}

/** What is protected without being named in the contract, in a sentence; empty where nothing is. */
export function sealedText(sealed: readonly string[] | undefined): string {
  const lines = sealedLines(sealed);
  if (lines.length === 0) return '';
  return `Protected by default, because the commands run them or go by them: ${lines.join(', ')}. \`guards.unprotected\` lets files out.`;
}
