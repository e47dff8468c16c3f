import { createContext, Script } from 'node:vm';

/** The time that a user's pattern may take on one output. Most take less than a thousandth of it. */
const LIMIT_MS = 3000;

const call = new Script('act()');
const context: { act?: () => unknown } = createContext({});

/**
 * The result of a function that applies a user's pattern; undefined if it does not end in time. Some patterns take practically for ever on
 * some texts, and meanwhile this process would react to nothing, not even Ctrl-C.
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
