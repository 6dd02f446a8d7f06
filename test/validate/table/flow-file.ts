import { BRANCHED, changed, ofFlow } from './build.js';
import type { Input, Topic } from './rows.js';

const flow = (from: string | RegExp, to: string): Input => changed(BRANCHED, from, to);
const one = (xml: string): Input => flow('<bpmn:task id="one" />', xml);
const extended = (xml: string): Input =>
  one(`<bpmn:task id="one"><bpmn:extensionElements>${xml}</bpmn:extensionElements></bpmn:task>`);
const second = (attributes: string): Input =>
  flow('  <bpmndi:BPMNDiagram', `  <bpmn:process id="second" ${attributes} />\n$&`);

/** Rules about a flow as a file: XML, BPMN, the process. */
export const flowFile: Topic = {
  'xml-readable': {
    finds: {
      'an empty file': ofFlow(''),
      'a tag that is not closed': flow('</bpmn:process>', ''),
      'an attribute without quotes': flow('id="one"', 'id=one'),
      'a document type': flow('?>', '?>\n<!DOCTYPE x [<!ENTITY a "b">]>'),
      'a prefix that is not declared': flow(/ xmlns:di="[^"]*"/, ''),
    },
    nearMisses: {
      'an attribute of XML itself': flow('<bpmn:process ', '<bpmn:process xml:lang="sv" '),
      'a comment that holds a tag': one('<!-- <bpmn:task> --><bpmn:task id="one" />'),
      'other prefixes for the same names': ofFlow(
        BRANCHED.replaceAll(/\bbpmn:/g, 'b:').replace('xmlns:bpmn=', 'xmlns:b='),
      ),
    },
  },
  'bpmn-readable': {
    finds: {
      'an element that BPMN does not know': one('<bpmn:tusk id="one" />'),
      'XML that is no BPMN': ofFlow('<html><body /></html>'),
      'an id that begins with a digit': ofFlow(BRANCHED.replaceAll(/\bone\b/g, '1')),
    },
    nearMisses: {
      "an element of someone else's": extended('<x:note xmlns:x="https://x.test">x</x:note>'),
      documentation: one(
        '<bpmn:task id="one"><bpmn:documentation>x</bpmn:documentation></bpmn:task>',
      ),
    },
  },
  'process-executable': {
    finds: {
      'no executable process': flow('isExecutable="true"', 'isExecutable="false"'),
      'two executable processes': second('isExecutable="true"'),
      'no process': flow(/<bpmn:process[\s\S]*<\/bpmndi:BPMNDiagram>/, ''),
    },
    nearMisses: { 'a second process that does not run': second('isExecutable="false"') },
  },
  'element-id': {
    finds: {
      'a task without an id': flow('<bpmn:task id="one" />', '<bpmn:task id="one" /><bpmn:task />'),
      'an id that is there twice': one('<bpmn:task id="one" /><bpmn:task id="one" />'),
    },
    nearMisses: {
      'an id of what is no BPMN element': extended(
        '<camunda:properties><camunda:property id="one" name="a" value="1" /></camunda:properties>',
      ),
      'a text annotation without an id': one(
        '<bpmn:task id="one" /><bpmn:textAnnotation><bpmn:text>x</bpmn:text></bpmn:textAnnotation>',
      ),
    },
  },
  'no-complex-gateway': {
    finds: { 'a complex gateway': flow('exclusiveGateway', 'complexGateway') },
    nearMisses: { 'an inclusive one': flow('exclusiveGateway', 'inclusiveGateway') },
  },
  'element-unsupported': {
    finds: {
      'a call activity': one('<bpmn:callActivity id="one" calledElement="x" />'),
      'a class of Java': one('<bpmn:serviceTask id="one" camunda:class="x.Order" />'),
      'an external task': one(
        '<bpmn:serviceTask id="one" camunda:type="external" camunda:topic="x" />',
      ),
      'a retry of a job': extended(
        '<camunda:failedJobRetryTimeCycle>R3/PT1M</camunda:failedJobRetryTimeCycle>',
      ),
      'a task listener': one(
        '<bpmn:userTask id="one"><bpmn:extensionElements><camunda:taskListener event="create" /></bpmn:extensionElements></bpmn:userTask>',
      ),
      'an asynchronous continuation': one('<bpmn:task id="one" camunda:asyncBefore="true" />'),
    },
    nearMisses: {
      'an asynchronous continuation that is off': one(
        '<bpmn:task id="one" camunda:asyncBefore="false" />',
      ),
      'an execution listener': extended(
        '<camunda:executionListener event="start"><camunda:script scriptFormat="js">next();</camunda:script></camunda:executionListener>',
      ),
    },
  },
};
