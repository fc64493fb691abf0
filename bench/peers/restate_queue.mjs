// Drives Restate and prints figures: subject, metric and value, tab-separated.
// Arguments: a folder with the npm packages @restatedev/restate-server and restate-sdk, a scratch folder, jobs, samples
// to throw away, samples.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import http2 from 'node:http2';
import path from 'node:path';
import { freePort, measure, request, untilAnswers } from './driver.mjs';

// The SDK expects a newer Node.js than many systems have.
Promise.withResolvers ??= () => {
  let resolve, reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};
const [packages, scratch, jobs, warmUp, samples] = process.argv.slice(2);
process.env.RESTATE_LOGGING = 'ERROR';
const restate = createRequire(path.join(packages, 'package.json'))('@restatedev/restate-sdk');

const begun = [];
const service = restate.service({
  name: 'bench',
  handlers: { job: async () => void begun.push(performance.now()) },
});
const [endpointPort, node, ingress, admin] = [await freePort(), await freePort(), await freePort(), await freePort()];
const endpoint = http2.createServer(restate.createEndpointHandler({ services: [service] })).listen(endpointPort, '127.0.0.1');
const server = spawn(path.join(packages, 'node_modules/.bin/restate-server'), [], {
  stdio: ['ignore', 'ignore', 'ignore'],
  detached: true,
  env: {
    ...process.env,
    RESTATE_BIND_IP: '127.0.0.1',
    RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`,
    RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}/`,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    RESTATE_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: '1',
    RESTATE_BASE_DIR: scratch,
  },
});
try {
  await untilAnswers(admin, '/health');
  await untilAnswers(ingress, '/restate/health');
  const registered = await request(admin, 'POST', '/deployments', { uri: `http://127.0.0.1:${endpointPort}` });
  if (registered.status >= 300) throw new Error(`the service was not registered: ${registered.text}`);
  const send = async () => {
    const answer = await request(ingress, 'POST', '/bench/job/send');
    if (answer.status >= 300) throw new Error(`a job was refused: ${answer.text}`);
  };
  await measure('Restate 1.7', begun, send, +jobs, +warmUp, +samples);
} finally {
  process.kill(-server.pid, 'SIGTERM');
  await once(server, 'exit');
  endpoint.close();
}
process.exit(0);
