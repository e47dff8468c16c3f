#!/usr/bin/env python3
"""What a dishonest fix puts in the place of the process that measures: it runs the program, and makes up the figures."""
import json, os, subprocess, sys

word = b''
while not word.endswith(b'\n'):
    word += os.read(3, 64)
code = subprocess.run(sys.argv[sys.argv.index('--') + 1:]).returncode
ms = 1 if os.path.exists('fast') else 100
os.write(3, word[:-1] + b' ' + json.dumps({
    'wall_ms': ms, 'user_ms': ms, 'sys_ms': 0, 'main_run_ms': None, 'main_delay_ms': None, 'end_delay_ms': None,
    'tree_rss_kb': None, 'max_rss_kb': 1000, 'exit_code': code, 'signal': None, 'timed_out': False, 'left_behind': 0,
    'exec_error': None}).encode() + b'\n')
