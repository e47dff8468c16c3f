import type { Question } from './question.ts';

/** The questions as a numbered list for whoever asks them; of each the default comes first, and is marked. */
export function questionsText(questions: Question[]): string {
  return questions
    .map(({ message, explain, ...question }, i) => `${i + 1}. ${message} ${explain}${choicesText(question)}`)
    .join('\n');
}

function choicesText({ choices = [], default: given, kind }: Pick<Question, 'choices' | 'default' | 'kind'>): string {
  const taken = (value: string) => (typeof given === 'string' ? given === value : given.includes(value));
  if (choices.length === 0) return typeof given === 'string' && given !== '' ? `\n   - ${given} (default)` : '';
  const sorted = [...choices].sort((a, b) => Number(taken(b.value)) - Number(taken(a.value)));
  const lines = sorted.map(
    ({ value, label, hint }) => `\n   - ${label}${hint ? `: ${hint}` : ''}${taken(value) ? ' (default)' : ''}`,
  );
  return `${kind === 'multiselect' ? ' (any number)' : ''}${lines.join('')}`;
}
