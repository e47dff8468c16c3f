import { createContext, Script } from 'node:vm';

/** The time in ms that a user's regular expression may take on one output. Most expressions take less than a thousandth of this time. */
const LIMIT_MS = 3000;

const call = new Script('act()');
const context: { act?: () => unknown } = createContext({});

/**
 * Calls a function that applies a user's regular expression, and returns its result. Returns undefined if the function does not end within
 * the time limit. Without this limit, some expressions would run almost for ever on some texts, and perf-gate would not react to Ctrl-C
 * during this time.
 */
export function inTime<T extends NonNullable<unknown> | null>(act: () => T, limitMs = LIMIT_MS): T | undefined {
  context.act = act;
  try {
    return call.runInContext(context, { timeout: limitMs }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    delete context.act;
  }
}
