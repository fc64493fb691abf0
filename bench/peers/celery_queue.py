"""Drives Celery on a Redis of its own and prints figures: subject, metric and value, tab-separated.

Arguments: appendfsync (always or everysec), jobs, samples to throw away, samples.
"""
import math
import os
import socket
import subprocess
import sys
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


def start_worker():
    here = os.path.dirname(os.path.abspath(__file__))
    return subprocess.Popen(
        ["/usr/bin/python3", "-m", "celery", "-A", "celery_app", "worker", "-c", "2", "-P", "prefork",
         "--without-gossip", "--without-mingle", "-l", "ERROR"],
        cwd=here, stdout=subprocess.DEVNULL, env={**os.environ, "C_FORCE_ROOT": "true"})


def stop(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def await_arrivals(witness, count):
    end = time.time() + LIMIT_SECONDS
    while witness.llen("arrivals") < count:
        if time.time() > end:
            raise SystemExit(f"{witness.llen('arrivals')} of {count} jobs were done within {LIMIT_SECONDS} s")
        time.sleep(0.0005)


def latencies(job, witness, warm_up, samples):
    taken = []
    for number in range(warm_up + samples):
        witness.delete("arrivals")
        began = time.time()
        job.delay(number)
        await_arrivals(witness, 1)
        taken.append((float(witness.lindex("arrivals", 0)) - began) * 1000)
    return sorted(taken[warm_up:])


def throughput(job, witness, jobs):
    witness.delete("arrivals")

    def send(first):
        for number in range(first, jobs, CLIENTS):
            job.delay(number)

    clients = [threading.Thread(target=send, args=(first,)) for first in range(CLIENTS)]
    began = time.time()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    await_arrivals(witness, jobs)
    return jobs / (time.time() - began)


def main(fsync, jobs, warm_up, samples):
    os.environ["BENCH_REDIS_PORT"] = str(free_port())
    os.environ["BENCH_WITNESS_PORT"] = str(free_port())
    with tempfile.TemporaryDirectory() as scratch:
        started = []
        try:
            started.append(start_redis(scratch + "/broker", int(os.environ["BENCH_REDIS_PORT"]),
                                       "--appendonly", "yes", "--appendfsync", fsync))
            started.append(start_redis(scratch + "/witness", int(os.environ["BENCH_WITNESS_PORT"])))
            started.append(start_worker())
            from celery_app import job, witness
            job.delay(-1)
            await_arrivals(witness, 1)
            taken = latencies(job, witness, warm_up, samples)
            rate = throughput(job, witness, jobs)
        finally:
            for process in reversed(started):
                stop(process)
    subject = f"Celery 5.2 on Redis, fsync {fsync}"
    print(f"{subject}, {jobs} jobs\ttasks/s\t{rate}")
    for share in (0.50, 0.99):
        value = taken[math.ceil(share * len(taken)) - 1]
        print(f"{subject}, idle\tdispatch p{share * 100:.0f}, ms\t{value}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
