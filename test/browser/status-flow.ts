/** Stands for the flow that tells what is connected, until the blueprint has it: a text where one is asked for. */
export const STATUS_FLOW = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://onify.co/blueprints/fortnox">
  <bpmn:process id="fortnox-connection-status" isExecutable="true">
    <bpmn:startEvent id="requested" />
    <bpmn:sequenceFlow id="to-tell" sourceRef="requested" targetRef="tell" />
    <bpmn:scriptTask id="tell" scriptFormat="js">
      <bpmn:script>
        const text = 'Connected: Bröd &amp; Bak AB (tenant id 998877), since 2026-03-01.';
        const input = environment.variables.input || {};
        environment.output.output = input.format === 'text' ? text : { connected: true, text };
        next();
      </bpmn:script>
    </bpmn:scriptTask>
  </bpmn:process>
</bpmn:definitions>`;
