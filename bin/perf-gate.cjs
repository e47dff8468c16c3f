#!/usr/bin/env node
'use strict';

// Launcher: nothing but start-up. All of the bundle is CommonJS: Node needs a fifth of its own start to load a first ES module.
// The compile cache (Node 22.8 and later) halves the start-up of the bundle.
require('node:module').enableCompileCache?.();
// A hook runs at every turn of an agent, so it loads next to nothing.
require(process.argv[2] === 'hook' ? '../dist/hook.cjs' : '../dist/cli.cjs').main();
