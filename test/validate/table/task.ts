import {
  calling,
  callTask,
  changed,
  map,
  parameters,
  put,
  SHORT,
  script,
  scriptTask,
  working,
} from './build.js';
import type { Input, Topic } from './rows.js';

const url = 'https://x.test';
const call = callTask({ url });
const task = (attributes: string, text = ''): Input => ({
  ...working(
    `    <bpmn:scriptTask id="work" ${attributes}>${text && `<bpmn:script>${text}</bpmn:script>`}</bpmn:scriptTask>`,
  ),
});
const beside = (attributes: string, text = ''): Input => ({
  ...task(attributes, text),
  'scripts/x.js': 'next();\n',
});
const FILE = 'camunda:resource="/scripts/x.js"';
const SCRIPT = '<camunda:script scriptFormat="js">next(null, 1);</camunda:script>';

const listening = (event: string): Input =>
  working(
    `    <bpmn:scriptTask id="work" scriptFormat="js"><bpmn:extensionElements><camunda:executionListener event="${event}"><camunda:script scriptFormat="js">next();</camunda:script></camunda:executionListener></bpmn:extensionElements><bpmn:script>next();</bpmn:script></bpmn:scriptTask>`,
  );

/** Rules about tasks and the scripts that they name. */
export const tasks: Topic = {
  'task-empty': {
    finds: {
      'a service task that calls nothing': working('    <bpmn:serviceTask id="work" />'),
      'a send task that calls nothing': working('    <bpmn:sendTask id="work" />'),
    },
    nearMisses: {
      'a task without a kind': working('    <bpmn:task id="work" />'),
      'a service task with an implementation': working(
        '    <bpmn:serviceTask id="work" implementation="${environment.services.work}" />',
      ),
      'a task of another process, which is drawn only': changed(
        SHORT,
        '  <bpmn:process ',
        `  <bpmn:process id="theirs" isExecutable="false"><bpmn:serviceTask id="pack" /></bpmn:process>\n$&`,
      ),
      'a service task with an expression': working(
        '    <bpmn:serviceTask id="work" camunda:expression="${environment.services.work}" />',
      ),
    },
  },
  'event-empty': {
    finds: {
      'an event that waits for nothing': working('    <bpmn:intermediateCatchEvent id="work" />'),
    },
    nearMisses: {
      'an event that waits for a signal': working(
        '    <bpmn:intermediateCatchEvent id="work"><bpmn:signalEventDefinition id="paid" /></bpmn:intermediateCatchEvent>',
      ),
      'an event that only marks a place': working('    <bpmn:intermediateThrowEvent id="work" />'),
    },
  },
  'task-error-boundary': {
    finds: {
      'a call without one': working(call.replace(/\n.*boundaryEvent.*/, '')),
      'a call with a timer alone': working(
        call.replace(
          '<bpmn:errorEventDefinition id="work-error" />',
          '<bpmn:timerEventDefinition id="limit"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>',
        ),
        'work-failed->done',
      ),
    },
    nearMisses: {
      'a call in a sub-process with one': working(
        `    <bpmn:subProcess id="work">
${call.replace(/\n.*boundaryEvent.*/, '').replace('id="work"', 'id="inner"')}
    </bpmn:subProcess>
    <bpmn:boundaryEvent id="work-failed" attachedToRef="work"><bpmn:errorEventDefinition id="work-error" /></bpmn:boundaryEvent>`,
        'work-failed->done',
      ),
      'a call with one': working(call, 'work-failed->done'),
      'a script task': working(scriptTask('next();')),
    },
  },
  'listener-event': {
    finds: {
      'an event that is a letter off': listening('edn'),
    },
    nearMisses: { 'an event that elements have': listening('start') },
  },
  'script-format': {
    finds: {
      'a script without a format': task('', 'next();'),
      'a script in another language': task('scriptFormat="groovy"', 'println 1'),
    },
    nearMisses: {
      'a format in large letters': task('scriptFormat="JavaScript"', 'next();'),
    },
  },
  'script-empty': {
    finds: {
      'a task without a script': task('scriptFormat="js"'),
      'a text of spaces': task('scriptFormat="js"', '  '),
      'a parameter without a script': calling(
        { url },
        { task: parameters(put('a', '<camunda:script scriptFormat="js" />')) },
      ),
    },
    nearMisses: { 'a script file': beside(`scriptFormat="js" ${FILE}`) },
  },
  'script-both': {
    finds: { 'a text and a file': beside(`scriptFormat="js" ${FILE}`, 'next();') },
    nearMisses: { 'an empty text and a file': beside(`scriptFormat="js" ${FILE}`, ' ') },
  },
  'script-resource': {
    finds: {
      'a file that is not there': task(`scriptFormat="js" ${FILE}`),
      'a file in other letters': beside(`scriptFormat="js" ${FILE.replace('x.js', 'X.js')}`),
      'a misspelled file': {
        ...task('scriptFormat="js" camunda:resource="/scripts/send-oder.js"'),
        'scripts/send-order.js': 'next();\n',
      },
    },
    nearMisses: {
      'a path without its slash': beside(`scriptFormat="js" ${FILE.replace('/', '')}`),
      'a path that is worked out': beside(
        'scriptFormat="js" camunda:resource="/scripts/${environment.variables.name}.js"',
      ),
    },
  },
  'script-ignored': {
    finds: {
      'a script in a map': calling({ url, headers: map({ x: SCRIPT }) }),
      'a script in a list': calling({
        url,
        body: `<camunda:list>${SCRIPT}</camunda:list>`,
        method: 'POST',
      }),
    },
    nearMisses: { 'a script as a whole parameter': calling({ url, headers: SCRIPT }) },
  },
  'script-unused': {
    finds: {
      'a script that no flow names': {
        ...working(scriptTask('next();')),
        'scripts/x.js': 'next();\n',
      },
    },
    nearMisses: {
      'a script that a flow names': script('next();\n'),
      'a script where a flow works a name out': beside(
        'scriptFormat="js" camunda:resource="/scripts/${environment.variables.name}.js"',
      ),
    },
  },
};
