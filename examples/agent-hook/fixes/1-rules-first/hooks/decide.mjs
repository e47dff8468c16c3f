const harmless = /^(ls|cat|git (status|diff|log)|npm test)\b[^;&|<>$`]*$/;
const forbidden = /\brm\s+-rf?\s+[/~]|\bgit\s+push\s+.*--force\b/;

/** Decides about a call: by the rules, else by a person's earlier approval (looked up only then), else `ask`. */
export function decide(call, isApproved) {
  const command = call.tool_input?.command ?? '';
  if (forbidden.test(command)) return { decision: 'deny', reason: 'this cannot be undone' };
  if (harmless.test(command)) return { decision: 'allow', reason: 'it only reads' };
  if (isApproved(command)) return { decision: 'allow', reason: 'a person approved it before' };
  return { decision: 'ask', reason: 'no rule applies' };
}
