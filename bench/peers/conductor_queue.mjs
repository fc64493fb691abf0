// Drives Conductor on a PostgreSQL database and prints figures: subject, metric and value, tab-separated.
// Arguments: java, the server's jar, the JDBC address and the user of the database, jobs, samples to throw away, samples.
// The user's password is in BENCH_DATABASE_PASSWORD.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort, measure, request, untilAnswers } from './driver.mjs';

const WORKERS = 2;
const [java, jar, database, user, jobs, warmUp, samples] = process.argv.slice(2);
const port = await freePort();
const properties = {
  'server.port': port,
  'server.address': '127.0.0.1',
  'conductor.db.type': 'postgres',
  'conductor.indexing.type': 'postgres',
  'conductor.queue.type': 'postgres',
  'conductor.grpc-server.enabled': 'false',
  'spring.datasource.url': database,
  'spring.datasource.username': user,
  loadSample: 'false',
};
const server = spawn(java, ['-Xmx2g', '-jar', jar, ...Object.entries(properties).map(([name, value]) => `--${name}=${value}`)], {
  stdio: ['ignore', 'ignore', 'ignore'],
  env: { ...process.env, SPRING_DATASOURCE_PASSWORD: process.env.BENCH_DATABASE_PASSWORD },
});
let ended = false;
server.on('exit', () => (ended = true));

const begun = [];
let stopped = false;
async function work(worker) {
  while (!stopped) {
    const polled = await request(port, 'GET', `/api/tasks/poll/batch/job?workerid=${worker}&count=20&timeout=100`);
    for (const task of polled.text ? JSON.parse(polled.text) : []) {
      begun.push(performance.now());
      await request(port, 'POST', '/api/tasks', {
        taskId: task.taskId, workflowInstanceId: task.workflowInstanceId, status: 'COMPLETED', outputData: {},
      });
    }
  }
}

try {
  await Promise.race([
    untilAnswers(port, '/health'),
    once(server, 'exit').then(() => { throw new Error('Conductor ended at its start'); }),
  ]);
  const owner = 'bench@example.org';
  await request(port, 'POST', '/api/metadata/taskdefs',
    [{ name: 'job', ownerEmail: owner, retryCount: 0, timeoutSeconds: 0, responseTimeoutSeconds: 60 }]);
  await request(port, 'POST', '/api/metadata/workflow', {
    name: 'bench', version: 1, schemaVersion: 2, ownerEmail: owner,
    tasks: [{ name: 'job', taskReferenceName: 'job', type: 'SIMPLE', inputParameters: {} }],
  });
  const workers = Array.from({ length: WORKERS }, (_, number) => work(`worker-${number}`));
  const send = async () => {
    const answer = await request(port, 'POST', '/api/workflow/bench', {});
    if (answer.status >= 300) throw new Error(`a workflow was refused: ${answer.text}`);
  };
  await measure('Conductor 3.32 on PostgreSQL', begun, send, +jobs, +warmUp, +samples);
  stopped = true;
  await Promise.allSettled(workers);
} finally {
  stopped = true;
  if (!ended) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}
process.exit(0);
