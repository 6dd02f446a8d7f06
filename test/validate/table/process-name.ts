import { flowOf, ofFlow, SHORT } from './build.js';
import type { Input, Topic } from './rows.js';

const named = (file: string, id: string): Input => ({
  'config.json': JSON.stringify({
    workflow: [{ key: id, bpmnresource: `/flows/${file}.bpmn`, role: ['user'] }],
  }),
  [`flows/${file}.bpmn`]: flowOf('', ['asked->done'], id),
});

/** Rules about what processes are called. */
export const processNames: Topic = {
  'process-twice': {
    finds: { 'a copy in another folder': ofFlow(SHORT, { 'flows/old/order.bpmn': SHORT }) },
    nearMisses: {
      'another process': ofFlow(SHORT, {
        'flows/other.bpmn': flowOf('', ['asked->done'], 'other'),
      }),
    },
  },
  'process-file-name': {
    finds: { 'the words in another order': named('status-of-order', 'order-status') },
    nearMisses: {
      'the same name': named('order-status', 'order-status'),
      'a file with a prefix': named('shop-order-status', 'order-status'),
      'a file called by another word': named('flow', 'order-status'),
    },
  },
};
