// A PreToolUse hook: the client writes the call as JSON to stdin and reads the decision from stdout.
import { readFileSync } from 'node:fs';
import { decide } from './decide.mjs';
import { approvedBefore } from './history.mjs';

const call = JSON.parse(readFileSync(0, 'utf8'));
const history = new URL('../decisions.jsonl', import.meta.url);
const { decision, reason } = decide(call, (command) => approvedBefore(history, command));
const output = { hookEventName: 'PreToolUse', permissionDecision: decision, permissionDecisionReason: reason };
console.log(JSON.stringify({ hookSpecificOutput: output }));
