import type { SyntaxNode } from 'unbash';
import type { Reading, Spot } from './reading.ts';

/** Programs that read their standard input if no file is named. */
const readers = /^(cat|jq|grep|egrep|rg|sed|awk|head|tail|tr|cut|read|python3?|node|perl|ruby)$/;

/** The largest number of syntax nodes that one call checks. */
const MOST_NODES = 2000;

/**
 * Whether the effect of a syntax node depends on the event. This is the case if the node uses a variable that depends on the event, reads
 * the event's JSON, or calls a function whose effect depends on the event.
 */
export function asksEvent(node: SyntaxNode, spot: Spot, reading: Reading): boolean {
  const called = new Set<string>();
  let left = MOST_NODES;
  const asks = (inner: SyntaxNode): boolean => {
    if (left-- <= 0) return false;
    if (inner.type === 'SimpleExpansion') return isOfEvent(inner.text.slice(1), spot);
    if (inner.type === 'ParameterExpansion' && isOfEvent(inner.parameter, spot)) return true;
    const name = inner.type === 'Command' ? (inner.name?.value ?? '') : '';
    if (spot.payload && readers.test(name)) return true;
    const body = called.has(name) ? undefined : reading.functions.get(name)?.node;
    called.add(name);
    if (body && asks(body)) return true;
    let found = false;
    reading.eachChild(inner, (child) => {
      found ||= asks(child);
    });
    return found;
  };
  return asks(node);
}

function isOfEvent(name: string, { variables, args }: Spot): boolean {
  if (/^[1-9]$/.test(name)) return args[Number(name) - 1]?.event ?? false;
  if (/^[@*]$/.test(name)) return args.some(({ event }) => event);
  if (name === 'BASH_REMATCH') return [...variables.values()].some(({ event }) => event);
  return variables.get(name)?.event ?? false;
}
