const nasty = `<script>alert('x')</script> "quoted" & ]]> --> | \`tick\` </style></title></svg> @everyone [a](javascript:b) \u001b[2J\u202e`;

/** The same data with every foreign text replaced by one that contains markup. */
export function poisoned<T>(value: T, key = ''): T {
  const ours = [
    'rule',
    'severity',
    'kind',
    'code',
    'state',
    'level',
    'walls',
    'network',
    'grade',
    'type',
    'outcome',
    'wait',
    'verdict',
    'metric',
    'what',
    'how',
  ];
  if (typeof value === 'string') return (ours.includes(key) ? value : nasty) as T;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)])) as T;
}
