import type Enquirer from 'enquirer';
import { failure } from '../../core/errors.ts';

type Answerable = Parameters<Enquirer['prompt']>[0];

/**
 * Asks a question in the terminal. Works around three traps of enquirer. Without a terminal, it never settles. Ctrl-C rejects with an empty
 * string and leaves the terminal raw. From Node 24.2 on, closing throws where no try/catch sees it.
 * @throws not_a_terminal
 * @throws cancelled: Ctrl-C
 */
export async function ask<Answer>(question: Answerable & object): Promise<Answer> {
  const name = 'answer';
  const message = String((question as { message?: unknown }).message ?? '');
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw failure('not_a_terminal', { question: message });
  const { default: Prompts } = await import('enquirer');
  const enquirer = new Prompts<Record<string, Answer>>();
  enquirer.on('prompt', (prompt: { emit(event: string, ...rest: unknown[]): boolean }) => {
    const emit = prompt.emit;
    prompt.emit = (event, ...rest) => {
      try {
        return emit.call(prompt, event, ...rest);
      } catch (error) {
        if (event === 'close' && (error as { code?: string }).code === 'ERR_USE_AFTER_CLOSE') return true;
        throw error;
      }
    };
  });
  try {
    const answers = await enquirer.prompt({ ...question, name } as Answerable);
    return answers[name]!;
  } catch (error) {
    if (error === '' || error === undefined || error === null) throw failure('cancelled');
    throw error;
  } finally {
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}

/** Asks yes or no; Enter means yes. The errors are those of `ask`. */
export function confirm(message: string): Promise<boolean> {
  return ask<boolean>({ type: 'confirm', message, name: 'answer', initial: true } as Answerable & object);
}
