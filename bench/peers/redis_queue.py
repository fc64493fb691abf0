"""What the drivers of queues on Redis share: servers of their own, samples, and the printing of figures."""
import contextlib
import math
import os
import socket
import subprocess
import tempfile
import threading
import time

import redis

CLIENTS = 4
LIMIT_SECONDS = 300


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_redis(folder, port, *options):
    os.mkdir(folder)
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", "", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client = redis.Redis(port=port)
    for _ in range(200):
        try:
            client.ping()
            return process
        except redis.ConnectionError:
            time.sleep(0.05)
    process.terminate()
    raise SystemExit("redis-server does not answer")


def stop(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


@contextlib.contextmanager
def running(fsync, start_workers):
    """A broker, a second Redis as witness, which writes nothing to disk, and the workers; their ports are in the environment."""
    os.environ["BENCH_REDIS_PORT"] = str(free_port())
    os.environ["BENCH_WITNESS_PORT"] = str(free_port())
    started = []
    with tempfile.TemporaryDirectory() as scratch:
        try:
            started.append(start_redis(scratch + "/broker", int(os.environ["BENCH_REDIS_PORT"]),
                                       "--appendonly", "yes", "--appendfsync", fsync))
            started.append(start_redis(scratch + "/witness", int(os.environ["BENCH_WITNESS_PORT"])))
            started += start_workers()
            yield redis.Redis(port=int(os.environ["BENCH_WITNESS_PORT"]))
        finally:
            for process in reversed(started):
                stop(process)


def await_arrivals(witness, count):
    end = time.time() + LIMIT_SECONDS
    while witness.llen("arrivals") < count:
        if time.time() > end:
            raise SystemExit(f"{witness.llen('arrivals')} of {count} jobs were done within {LIMIT_SECONDS} s")
        time.sleep(0.0005)


def latencies(send, witness, warm_up, samples):
    """Milliseconds from the sending of a job to its begin, one after another."""
    send(-1)
    await_arrivals(witness, 1)
    taken = []
    for number in range(warm_up + samples):
        witness.delete("arrivals")
        began = time.time()
        send(number)
        await_arrivals(witness, 1)
        taken.append((float(witness.lindex("arrivals", 0)) - began) * 1000)
    return sorted(taken[warm_up:])


def throughput(send, witness, jobs):
    """Jobs a second, sent by a few threads at once."""
    witness.delete("arrivals")

    def send_all(first):
        for number in range(first, jobs, CLIENTS):
            send(number)

    clients = [threading.Thread(target=send_all, args=(first,)) for first in range(CLIENTS)]
    began = time.time()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    await_arrivals(witness, jobs)
    return jobs / (time.time() - began)


def measure(subject, send, witness, jobs, warm_up, samples):
    taken = latencies(send, witness, warm_up, samples)
    print(f"{subject}, {jobs} jobs\ttasks/s\t{throughput(send, witness, jobs)}")
    for share in (0.50, 0.95, 0.99):
        value = taken[math.ceil(share * len(taken)) - 1]
        print(f"{subject}, idle\tdispatch p{share * 100:.0f}, ms\t{value}")
