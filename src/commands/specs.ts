import type { CommandSpec } from './command.js';

const resourcesDir = {
  '--resources-dir <dir>': "the Hub's resources, mounted or checked out (ONIFY_RESOURCES_DIR)",
};

/** What each command says of itself, and takes. */
export const specs: readonly CommandSpec[] = [
  {
    name: 'install',
    summary: 'put the blueprint into a Hub',
    description:
      "Upserts the Fortnox settings, copies flows, form and scripts into the Hub's resources, imports config.json and checks it all. A second run changes nothing.",
    examples: [
      'fortnox-blueprint install --api-url https://hub.example.com:8181 --resources-dir /srv/onify/resources --token-file token.txt',
      'fortnox-blueprint install --dry-run',
    ],
    options: {
      ...resourcesDir,
      '--client-secret-file <file>':
        'holds the client secret; - is stdin (FORTNOX_APP_CLIENTSECRET)',
      '--client-id <id>': "the app's id, where it is not Onify's (FORTNOX_APP_CLIENTID)",
      '--alert-email <address>': 'whom to mail when the connection needs a person; none: nobody',
      '--dry-run': 'show what would change, and change nothing',
      '--diff': 'show the content that changes; secrets are masked',
      '--exit-code': 'with --dry-run: exit code 8 where something would change',
      '--skip <part>...': 'leave out resources, settings or config; may be repeated',
      '--force': 'write all of it again, whatever the Hub holds',
      '--allow-downgrade': 'put an older version in place of a newer one',
      '--wait <seconds>': 'wait until the Hub shows the files (a Hub that syncs from Git)',
    },
    usesHub: true,
  },
  {
    name: 'activate',
    summary: 'connect a company in Fortnox',
    description:
      "Opens Fortnox in the browser, where a system administrator of the company approves, catches the code on this computer, and has the Hub's own flows fetch and keep the tokens.",
    examples: [
      'fortnox-blueprint activate',
      'fortnox-blueprint activate --no-browser',
      'fortnox-blueprint activate --code - < code.txt',
    ],
    options: {
      '--redirect-uri <uri>': 'as registered for the app (default http://localhost:2022)',
      '--scopes <scopes>': 'what Onify may use, separated by spaces',
      '--no-browser': 'print the address; also takes the pasted address or code on stdin',
      '--wait <seconds>': 'how long to wait for the approval, default 600',
      '--code <source>': '- reads a code that was obtained elsewhere from stdin',
      '--replace-company': 'let another company take the place of the one that is connected',
    },
    usesHub: true,
  },
  {
    name: 'status',
    summary: 'check the installation and the connection',
    description:
      'Tells whether the blueprint is installed as shipped, when Fortnox was known to be connected, whether the daily refresh runs, and how long the tokens live. Exit code 8 where something needs attention.',
    examples: ['fortnox-blueprint status', 'fortnox-blueprint status --check --json'],
    options: {
      ...resourcesDir,
      '--check': 'run the refresh flow first, and judge by how it went',
    },
    usesHub: true,
  },
  {
    name: 'refresh',
    summary: 'refresh the Fortnox token now',
    description:
      "Runs the Hub's refresh flow and tells when the tokens end. Tokens are never printed.",
    examples: ['fortnox-blueprint refresh'],
    options: {},
    usesHub: true,
  },
  {
    name: 'disconnect',
    summary: 'end the connection to Fortnox',
    description:
      'Has the Hub revoke the connection at Fortnox and empty the stored token. Another company can be activated then.',
    examples: ['fortnox-blueprint disconnect', 'fortnox-blueprint disconnect --yes --json'],
    options: { '--yes': 'do not ask; needed where nobody can be asked' },
    usesHub: true,
  },
  {
    name: 'uninstall',
    summary: 'remove the blueprint from a Hub',
    description:
      'Removes what install put in: forms, workflows and settings, and the files that nobody edited since. Tells what stays, why, and where to delete it. The tokens stay unless --with-token is given.',
    examples: ['fortnox-blueprint uninstall --dry-run', 'fortnox-blueprint uninstall --yes'],
    options: {
      ...resourcesDir,
      '--dry-run': 'show what would be removed, and change nothing',
      '--yes': 'do not ask; needed where nobody can be asked',
      '--keep-settings': 'leave all settings',
      '--with-token': 'remove the stored tokens too; Fortnox must be activated again then',
    },
    usesHub: true,
  },
  {
    name: 'validate',
    summary: 'check a blueprint offline',
    description: 'Checks an Onify blueprint without a Hub. Exit code 3 where something is wrong.',
    examples: [
      'fortnox-blueprint validate',
      'fortnox-blueprint validate . --strict --format github',
      'fortnox-blueprint validate . --write-baseline',
    ],
    argument: {
      name: '[dir]',
      description: 'the folder of a blueprint (default: the current one, or this package)',
    },
    options: {
      '--format <format>': 'pretty, json, github, gitlab, sarif or azure (default pretty)',
      '--strict': 'let warnings count as errors',
      '--rule <id=setting>...': 'set a rule to off, warn or error; may be repeated',
      '--baseline <file>': 'findings that do not count (default: the one in the folder)',
      '--write-baseline': 'write it; from then on only new findings count',
      '--max-seconds <seconds>': 'stop after that long (default 20)',
      '--max-memory <megabytes>': 'stop where it takes more memory (default 400)',
      '--package-rules': 'let what the blueprint sets for itself count in CI',
      '--no-package-rules': 'ignore what the blueprint sets for itself',
    },
    usesHub: false,
  },
  {
    name: 'doctor',
    summary: 'learn a Hub before anything is written to it',
    description:
      'Looks at how the Hub is reached, what the token may do and what the Hub can, and says what would stand in the way. Only reads, but for --try-writes. Exit code 8 where something stands in the way, a Hub that is out of reach included.',
    examples: [
      'fortnox-blueprint doctor',
      'fortnox-blueprint doctor --try-writes --profile hub.json',
    ],
    options: {
      ...resourcesDir,
      '--try-writes': 'learn from one scratch setting, and take it away again',
      '--profile <file>': 'write what was learnt as JSON, without secrets or addresses',
    },
    usesHub: true,
  },
  {
    name: 'completion',
    summary: 'print shell completion',
    description:
      'Prints a script that lets a shell complete commands and options: bash, zsh or fish.',
    examples: ['fortnox-blueprint completion bash >> ~/.bashrc'],
    argument: { name: '<shell>', description: 'bash, zsh or fish' },
    options: {},
    usesHub: false,
  },
];
