import type Enquirer from 'enquirer';
import { failure } from '../../core/errors.ts';

/** The result of `askOrBack` if the person wants to return to the previous question. */
export const BACK = Symbol('back');

type Answerable = Parameters<Enquirer['prompt']>[0];

type Prompt = {
  emit(event: string, ...rest: unknown[]): boolean;
  on(event: 'keypress', act: (input: unknown, key?: { name?: string }) => void): void;
};

/**
 * Asks a question in the terminal. Works around three faults of the library enquirer. Without a terminal, enquirer's promise never settles.
 * After Ctrl-C, enquirer rejects with an empty string and leaves the terminal in raw mode. In Node 24.2 and later, closing a prompt throws
 * an error that no try/catch can catch.
 * @throws not_a_terminal
 * @throws cancelled: Ctrl-C
 */
export async function ask<Answer>(question: Answerable & object): Promise<Answer> {
  const answer = await askOrBack<Answer>(question);
  if (answer === BACK) throw failure('cancelled');
  return answer;
}

/** Asks a question in the terminal, as `ask` does. Returns `BACK` if the person presses Escape. */
export async function askOrBack<Answer>(question: Answerable & object): Promise<Answer | typeof BACK> {
  let isBack = false;
  const name = 'answer';
  const message = String((question as { message?: unknown }).message ?? '');
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw failure('not_a_terminal', { question: message });
  const { default: Prompts } = await import('enquirer');
  const enquirer = new Prompts<Record<string, Answer>>();
  enquirer.on('prompt', (prompt: Prompt) => {
    prompt.on('keypress', (_, key) => {
      isBack = key?.name === 'escape';
    });
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
    if (isBack) return BACK;
    if (error === '' || error === undefined || error === null) throw failure('cancelled');
    throw error;
  } finally {
    if (process.stdin.isTTY) process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}

/**
 * Asks the person to type one of the words in full. A single key or Enter alone cannot decide. After any other text, the question is
 * repeated. Throws the errors of `ask`.
 */
export async function askForWord<Word extends string>(message: string, words: readonly Word[]): Promise<Word> {
  for (;;) {
    const typed = (await ask<string>({ type: 'input', message } as Answerable & object)).trim().toLowerCase();
    const word = words.find((each) => each === typed);
    if (word !== undefined) return word;
  }
}
