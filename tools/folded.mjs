// For the bundler: what is asked for alone (`import('./refresh.js')`) and lies in a file with others gets a file of its own
// that only passes on. Whoever asks for it takes it out of the shared file instead, and that file of a line is not written.

/** A file that only passes on: `export{t as run}from"./shared.js";import"./other.js";` */
const PASSING_ON = /^(?:export\{([^}]*)\}from"([^"]+)";|import"[^"]+";)+$/;
const NAMES = /export\{([^}]*)\}from"([^"]+)";/g;

/** A plugin. @throws Error where such a file passes on from several, or would be missing where it is asked for */
export const folded = {
  name: 'folded',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
    for (const { fileName, code, isEntry, isDynamicEntry } of chunks) {
      if (isEntry || !isDynamicEntry || !PASSING_ON.test(code.trim())) {
        continue;
      }
      const taken = takenFrom(code, fileName);
      for (const chunk of chunks) {
        chunk.code = chunk.code.replaceAll(`import(\`./${fileName}\`)`, taken);
      }
      delete bundle[fileName];
      if (Object.values(bundle).some((chunk) => chunk.code?.includes(fileName))) {
        throw new Error(`${fileName} is asked for in a way that is not known here.`);
      }
    }
  },
};

/** What stands in place of the import of such a file. */
function takenFrom(code, fileName) {
  const [passed, ...more] = [...code.matchAll(NAMES)];
  if (!passed || more.length > 0) {
    throw new Error(`${fileName} passes on from several files.`);
  }
  const [, names = '', shared] = passed;
  const members = names.split(',').map((pair) => {
    const [inner = '', outer = inner] = pair.split(' as ');
    return `${outer}:e.${inner}`;
  });
  return `import(\`${shared}\`).then(e=>({${members.join(',')}}))`;
}
