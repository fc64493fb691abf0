// What the drivers in JavaScript share: free ports, waiting, samples, and the printing of figures.
import net from 'node:net';
import http from 'node:http';

export const CLIENTS = 32;
const LIMIT_MILLIS = 300_000;
const agent = new http.Agent({ keepAlive: true, maxSockets: CLIENTS });

export function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The status and the text of an answer on loopback. */
export function request(port, method, path, body) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, agent, headers: { 'content-type': 'application/json' } };
    const sent = http.request(options, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export async function until(condition, what) {
  const end = Date.now() + LIMIT_MILLIS;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${LIMIT_MILLIS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export async function untilAnswers(port, path) {
  await until(async () => {
    try {
      return (await request(port, 'GET', path)).status === 200;
    } catch {
      return false;
    }
  }, `an answer of ${path}`);
}

/**
 * Measures a peer: one job after another, then all at once by CLIENTS senders.
 * begun: the times at which jobs began, in the order of their begin. send: sends the job of that number.
 */
export async function measure(subject, begun, send, jobs, warmUp, samples) {
  await send(0);
  await until(() => begun.length === 1, 'the first job');
  const taken = [];
  for (let i = 0; i < warmUp + samples; i++) {
    begun.length = 0;
    const sent = performance.now();
    await send(i);
    await until(() => begun.length === 1, `job ${i}`);
    if (i >= warmUp) taken.push(begun[0] - sent);
  }
  begun.length = 0;
  const began = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (next < jobs) await send(next++);
  }));
  await until(() => begun.length >= jobs, 'all jobs');
  console.log(`${subject}, ${jobs} jobs\ttasks/s\t${jobs / ((performance.now() - began) / 1000)}`);
  taken.sort((a, b) => a - b);
  for (const share of [0.5, 0.95, 0.99]) {
    const value = taken[Math.ceil(share * taken.length) - 1];
    console.log(`${subject}, idle\tdispatch p${share * 100}, ms\t${value}`);
  }
  agent.destroy();
}
