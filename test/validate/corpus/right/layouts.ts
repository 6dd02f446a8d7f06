import { script, scriptFile } from '../parts.js';
import { config, RESULT, type Right } from './right.js';
import { single } from './scripts.js';

const flow = (id: string) =>
  single(script('step', 'next(null, environment.variables.submit);'), id);
const FORM =
  "extends ../views/form/default-form\n\nblock formContent\n  +formElement({name: 'who', label: 'Who'})\n";
const both = (folder: string) => ({
  [`${folder}flows/greet.bpmn`]: flow('greet'),
  [`${folder}forms/greet.pug`]: FORM,
  [`${folder}forms/greet-result.pug`]: RESULT,
});
const CONFIG = config(
  { greet: '/flows/greet.bpmn' },
  { greet: ['/forms/greet.pug', '/forms/greet-result.pug', 'greet'] },
);
const submit = { submit: { who: 'Åsa' } };
const picked = (collection: string) => {
  const document = JSON.parse(CONFIG) as Record<string, unknown>;
  return `${JSON.stringify({ [collection]: document[collection] }, undefined, 2)}\n`;
};

/** Right blueprints in every layout that occurs. */
export const rightLayouts: Readonly<Record<string, Right>> = {
  'one flow at the top': {
    naive: 'there is no config.json',
    files: { 'README.md': '# Greet\n', 'greet.bpmn': flow('greet') },
    runs: { 'greet.bpmn': submit },
  },
  'flows and forms at the top': {
    naive: 'the files are not below resources/',
    files: { 'config.json': CONFIG, ...both('') },
    runs: { 'flows/greet.bpmn': submit },
  },
  'config.json and resources/': {
    naive: '/flows is not at the top',
    files: { 'config.json': CONFIG, ...both('resources/') },
    runs: { 'resources/flows/greet.bpmn': submit },
  },
  'config/*.json and resources/': {
    naive: 'there is no config.json, and nobody names the flow and the form',
    files: {
      'config/form.json': picked('form'),
      'config/workflow.json': picked('workflow'),
      ...both('resources/'),
    },
    runs: { 'resources/flows/greet.bpmn': submit },
  },
  'hub/import/*.json and hub/resources/': {
    naive: 'there is no config.json, and no flow either',
    files: {
      'package.json': '{"name": "greet", "private": true}\n',
      'hub/import/greet.json': CONFIG,
      ...both('hub/resources/'),
    },
    runs: { 'hub/resources/flows/greet.bpmn': submit },
  },
  'pages of Vue alone': {
    naive: 'there is no blueprint here',
    files: {
      'README.md': '# Pages\n',
      'pages/orders.vue':
        '<script setup>\nconst { data } = await useFetch(`/api/v2/my/orders`);\n</script>\n<template>\n  <p v-for="order in data" :key="order.id">{{ order.id }}</p>\n</template>\n',
    },
  },
  'pages of Vue below resources/': {
    naive: 'nobody names the page',
    files: {
      'config.json': CONFIG,
      ...both('resources/'),
      'resources/pages/start.vue': '<template><p>Start</p></template>\n',
    },
    runs: { 'resources/flows/greet.bpmn': submit },
  },
  'what an export of the Hub gives': {
    naive: 'createdate and modifiedby are no fields; other collections are unknown',
    files: {
      'config.json': `${JSON.stringify(
        {
          ...(JSON.parse(CONFIG) as {
            form: Record<string, unknown>[];
            workflow: Record<string, unknown>[];
          }),
          workflow: (JSON.parse(CONFIG) as { workflow: Record<string, unknown>[] }).workflow.map(
            (entry) => ({
              ...entry,
              createdate: '2024-01-05T10:00:00.000Z',
              createdby: 'admin',
              modifieddate: '2024-02-05T10:00:00.000Z',
              modifiedby: 'admin',
              state: [],
              tag: ['purge:24:complete:data'],
            }),
          ),
          role: [{ key: 'sales', name: 'Sales' }],
          option: [{ key: 'colour', value: 'red', type: 'string' }],
          bulletin: [{ slug: 'new', title: 'New' }],
          workspace: [
            {
              slug: 'sales',
              title: 'Sales',
              icon: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
            },
          ],
        },
        undefined,
        2,
      )}\n`,
      ...both('resources/'),
    },
    runs: { 'resources/flows/greet.bpmn': submit },
  },
  'a README that shows how': {
    naive: 'the README holds a token and a password',
    files: {
      'README.md':
        '# Greet\n\n    curl -H \'Authorization: Bearer <your token>\' https://hub.example.com/api/v2/my/workflows\n\nSet `ONIFY_API_TOKEN="Bearer YOUR-TOKEN-GOES-HERE"`.\n\n| Key | Name | Value |\n|---|---|---|\n| greet_client_secret | Secret | <the secret> |\n',
      'docker-compose.yml':
        'services:\n  api:\n    image: eu.gcr.io/onify-images/hub/api:2.41\n    environment:\n      - ONIFY_client_secret=${GREET_CLIENT_SECRET}\n    ports: ["8181:8181"]\n',
      'config.json': CONFIG,
      ...both('resources/'),
    },
    runs: { 'resources/flows/greet.bpmn': submit },
  },
  'scripts that share a name but not a folder': {
    naive: 'the file stands twice',
    files: {
      'config.json': config({
        'sales-greet': '/flows/sales/sales-greet.bpmn',
        'stock-greet': '/flows/stock/stock-greet.bpmn',
      }),
      'resources/flows/sales/sales-greet.bpmn': single(
        scriptFile('step', '/scripts/sales/step.js'),
        'sales-greet',
      ),
      'resources/flows/stock/stock-greet.bpmn': single(
        scriptFile('step', '/scripts/stock/step.js'),
        'stock-greet',
      ),
      'resources/scripts/sales/step.js': 'next(null, 1);\n',
      'resources/scripts/stock/step.js': 'next(null, 2);\n',
    },
    runs: {
      'resources/flows/sales/sales-greet.bpmn': {},
      'resources/flows/stock/stock-greet.bpmn': {},
    },
  },
};
