// An embedded Hub for the processes of one case; tells how it is reached, and ends when told to.
import { parentPort, workerData } from 'node:worker_threads';
import { REGISTERED, startSandbox } from '../build/sandbox/sandbox.js';

const sandbox = await startSandbox();
if (workerData.latency > 0) {
  sandbox.faults.order({
    side: 'hub',
    kind: 'delay',
    milliseconds: workerData.latency,
    times: 10_000,
  });
}
parentPort.once('message', async () => {
  await sandbox.stop();
  process.exit();
});
parentPort.postMessage({
  ONIFY_API_URL: sandbox.apiUrl,
  ONIFY_API_TOKEN: sandbox.token,
  ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
  FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
});
