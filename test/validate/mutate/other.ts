import { basename } from 'node:path';
import { type Mutation, replacing } from './mutation.js';

/** @returns mutations of a script file */
export function* scriptMutations(file: string, text: string): Generator<Mutation> {
  const replace = (
    kind: string,
    pattern: RegExp,
    replacement: (match: RegExpExecArray) => string,
  ) => replacing(kind, file, text, pattern, replacement);
  const half = text.slice(0, text.length / 2);
  yield {
    kind: 'cut script',
    file,
    target: 'half',
    text: half.slice(0, half.lastIndexOf('(') + 1),
  };
  yield { kind: 'no next', file, target: 'all', text: text.replaceAll(/\bnext\(/g, 'void (') };
  yield* replace('no next on one way', /\bnext\(/g, () => 'void (');
  yield* replace('misspelled next', /\bnext\(/g, () => 'nexxt(');
  yield* replace('unbalanced', /[})\]];\n/g, () => ';\n');
  yield* replace('misspelled root', /(?<!^ \*.*)\benvironment\./gm, () => 'enviroment.');
  yield* replace('undeclared name', /^const (\w+) =/gm, ([, name]) => `const ${name}2 =`);
  for (const code of [
    "require('fs');",
    'fetch("x");',
    'new URL("x");',
    'setTimeout(() => {}, 1);',
    'console.log(1);',
    'return;',
    "const address = 'http://example.com';",
  ]) {
    yield { kind: 'what the sandbox lacks', file, target: code, text: `${text}\n${code}\n` };
  }
  yield* replace('misspelled setting', /_fortnox_\w+/g, ([key]) => `${key}s`);
  yield* replace('setting without underscore', /\._fortnox/g, () => '.fortnox');
}

/** @returns mutations of a form */
export function* formMutations(file: string, text: string): Generator<Mutation> {
  const replace = (
    kind: string,
    pattern: RegExp,
    replacement: (match: RegExpExecArray) => string,
  ) => replacing(kind, file, text, pattern, replacement);
  yield* replace('misspelled mixin', /\+form\w+/g, ([name]) => name.slice(0, -1));
  yield* replace('misspelled type', /type: '(\w+)'/g, ([, type]) => `type: '${type}s'`);
  yield* replace('unbalanced', /\}\)/g, () => ')');
  yield* replace('unclosed text', /',\n/g, () => ',\n');
  yield* replace('misspelled field', /\{(\w+)\}'/g, ([, name]) => `{${name}s}'`);
  yield* replace('misspelled field', /ifField: '(\w+)'/g, ([, name]) => `ifField: '${name}s'`);
  yield* replace('renamed field', /name: '(\w+)'/g, ([, name]) => `name: '${name}2'`);
  yield* replace('misspelled attribute', /^ {4}(\w+):/gm, ([, name]) => `    ${name}z:`);
  yield* replace('wrong view', /views\/form\/default/g, () => 'views/form/standard');
  yield* replace('outside of a block', /^ {2}\+form/gm, () => '+form');
  yield* replace(
    'misspelled block',
    /^(append|block) (\w+)/gm,
    ([, word, name]) => `${word} ${name}s`,
  );
  yield* replace('other workflow', /workflow: '([\w-]+)'/g, ([, key]) => `workflow: '${key}s'`);
  yield* replace(
    'wrong type',
    /(required|timeout): (true|\d+)/g,
    ([, name, value]) => `${name}: '${value}'`,
  );
  yield* replace('broken pattern', /pattern: '[^']+'/g, () => "pattern: '[a-'");
  yield* replace('plain http', /'https:\/\/\w/g, () => "'http://x");
  yield {
    kind: 'unsafe link',
    file,
    target: 'added',
    text: `${text}  a(href='https://x.test' target='_blank') x\n`,
  };
  yield { kind: 'foreign html', file, target: 'added', text: `${text}  p!= foreign\n` };
  yield* dropped(file, text);
}

function* dropped(file: string, text: string): Generator<Mutation> {
  for (const match of text.matchAll(/^ {2}\+formElement\(\{[\s\S]*?^ {2}\}\)\n/gm)) {
    const name = /name: '(\w+)'/.exec(match[0])?.[1] ?? '';
    yield { kind: 'drop field', file, target: name, text: text.replace(match[0], '') };
  }
}

/** @returns mutations of config.json */
export function* configMutations(file: string, text: string): Generator<Mutation> {
  const config = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  for (const [collection, entries] of Object.entries(config)) {
    const changed = (list: unknown) => json({ ...config, [collection]: list });
    yield {
      kind: 'misspell collection',
      file,
      target: collection,
      text: text.replace(`"${collection}"`, `"${collection}s"`),
    };
    yield { kind: 'no list', file, target: collection, text: changed(entries[0]) };
    for (const [index, entry] of entries.entries()) {
      const target = String(entry.key ?? entry.slug);
      const others = entries.filter((_, at) => at !== index);
      yield { kind: 'drop entry', file, target, text: changed(others) };
      yield { kind: 'twice', file, target, text: changed([...entries, entry]) };
      for (const [field, value] of Object.entries(entry)) {
        const { [field]: _, ...rest } = entry;
        const put = (next: unknown) =>
          changed(entries.map((old, at) => (at === index ? next : old)));
        yield { kind: 'drop field', file, target: `${target}.${field}`, text: put(rest) };
        yield {
          kind: 'misspell field',
          file,
          target: `${target}.${field}`,
          text: put({ ...rest, [`${field}x`]: value }),
        };
        yield {
          kind: 'other type',
          file,
          target: `${target}.${field}`,
          text: put({ ...entry, [field]: 7 }),
        };
        yield {
          kind: 'empty',
          file,
          target: `${target}.${field}`,
          text: put({ ...entry, [field]: Array.isArray(value) ? [] : '' }),
        };
      }
    }
  }
  yield* replacing('missing file', file, text, /\.(bpmn|pug)"/g, ([, kind]) => `x.${kind}"`);
  yield* replacing(
    'other case',
    file,
    text,
    /"\/(flows|forms)\/f/g,
    ([, folder]) => `"/${folder}/F`,
  );
  yield* replacing('no slash', file, text, /"\/(flows|forms)/g, ([, folder]) => `"${folder}`);
  yield* replacing('outside', file, text, /"\/(flows|forms)/g, ([, folder]) => `"/../${folder}`);
  yield* replacing(
    'other workflow',
    file,
    text,
    /"workflow": "([\w-]+)"/g,
    ([, key]) => `"workflow": "${key}s"`,
  );
  yield* replacing('other key', file, text, /"key": "([\w-]+)"/g, ([, key]) => `"key": "${key}s"`);
  yield* replacing('broken JSON', file, text, /,\n/g, () => '\n');
  yield { kind: 'setting', file, target: 'added', text: json({ ...config, setting: [] }) };
}

const SECRETS = {
  'private key': '-----BEGIN RSA PRIVATE KEY-----',
  'bearer token': 'Authorization: Bearer 8f14e45fceea167a5a36dedd4bea2543',
  password: "password: 'korrekt4Hast'",
  'client secret': 'client_secret = "p9Xw3kQz71Lm"',
  'web token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmb3J0bm94In0.c2lnbmF0dXJl',
  address: 'https://admin:hunter22@hub.example.com/',
};

/** @returns mutations that any file can meet */
export function* fileMutations(file: string, text: string): Generator<Mutation> {
  const name = basename(file);
  yield { kind: 'take the file away', file, target: name, text: null };
  yield { kind: 'empty file', file, target: name, text: '' };
  yield { kind: 'cut off', file, target: 'half', text: text.slice(0, text.length / 2) };
  yield {
    kind: 'not UTF-8',
    file,
    target: name,
    text: Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
  };
  yield { kind: 'zero bytes', file, target: name, text: `${text}\0` };
  yield { kind: 'too large', file, target: name, text: text + ' '.repeat(3 * 1024 * 1024) };
  yield {
    kind: 'other case',
    file,
    target: name,
    text,
    path: file.replace(name, name.toUpperCase()),
  };
  for (const [what, secret] of Object.entries(SECRETS)) {
    const comment = file.endsWith('.bpmn')
      ? text.replace('<bpmn:process', `<!-- ${secret.replaceAll('--', '- -')} -->\n<bpmn:process`)
      : file.endsWith('.json')
        ? text.replace('{', `{ "description": ${JSON.stringify(secret)},`)
        : `${text}//- ${secret}\n`;
    if (!comment.includes('- -')) {
      yield { kind: 'plant a secret', file, target: what, text: comment };
    }
  }
}
