#!/usr/bin/env node
// Links that 0.1 made (npx in a clone, `npm install --global .`) point here, and npm does not renew them.
import './perf-gate.cjs';
