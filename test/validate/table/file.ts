import { ofFlow, SHORT, VIEW, wholeForm } from './build.js';
import type { Input, Topic } from './rows.js';

const MEGABYTE = 1024 * 1024;
const sound = (more: Input) => ofFlow(SHORT, more);

const folders = (count: number): Input =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`images/${at}/.keep`, '']));

/** Rules about files that can't be checked at all. */
export const file: Topic = {
  'file-size': {
    finds: {
      'a file of a byte over 2 MB': sound({ 'README.md': '\n'.repeat(2 * MEGABYTE + 1) }),
      'a thousand folders': sound(folders(1000)),
    },
    nearMisses: {
      'a file of 2 MB': sound({ 'README.md': '\n'.repeat(2 * MEGABYTE) }),
      'nine hundred folders': sound(folders(900)),
    },
  },
  'file-unreadable': {
    finds: {
      'links in a circle': sound({ 'a.md': { link: 'b.md' }, 'b.md': { link: 'a.md' } }),
      'a link to nothing': sound({ 'a.md': { link: 'b.md' } }),
      'a folder with the name of a flow': sound({ 'flows/x.bpmn/notes.txt': 'x' }),
    },
    nearMisses: {
      'a link to another file': sound({ 'a.md': { link: 'b.md' }, 'b.md': 'x' }),
      'a folder with a dot in its name': sound({ 'flows/x.2/notes.txt': 'x' }),
    },
  },
  'file-encoding': {
    finds: {
      'a text in Latin-1': sound({ 'README.md': Buffer.from('på', 'latin1') }),
      'a text with a zero byte': sound({ 'README.md': 'p\0' }),
    },
    nearMisses: {
      'the same text in UTF-8': sound({ 'README.md': 'på' }),
      'a picture': sound({
        'resources/images/logo.png': Buffer.from('89504e470d0a1a0a00', 'hex'),
      }),
      'a text with a byte order mark': sound({ 'README.md': '\ufeffpå' }),
    },
  },
  'file-outside': {
    finds: { 'a link to the folder above': sound({ images: { link: '..' } }) },
    nearMisses: {
      'a link to a folder beside it': sound({ images: { link: 'icons' }, 'icons/a.md': 'x' }),
    },
  },
  'file-slow': {
    finds: {
      'an expression that a library reads for minutes': wholeForm(
        `${VIEW}block formContent\n  p(a=${'('.repeat(200_000)}`,
      ),
    },
    nearMisses: {
      'as long a form of plain lines': wholeForm(
        `${VIEW}block formContent\n${'  p x\n'.repeat(5_000)}`,
      ),
    },
  },
};
