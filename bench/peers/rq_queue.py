"""Drives RQ on a Redis of its own and prints figures: subject, metric and value, tab-separated.

Arguments: appendfsync (always or everysec), jobs, samples to throw away, samples.
"""
import os
import subprocess
import sys

import redis

from redis_queue import measure, running

WORKERS = 2


def start_workers():
    here = os.path.dirname(os.path.abspath(__file__))
    url = f"redis://127.0.0.1:{os.environ['BENCH_REDIS_PORT']}"
    # Simple workers do not fork for each job, which is the faster way.
    command = ["/usr/bin/python3", "-m", "rq.cli", "worker", "-q", "-u", url, "-w", "rq.worker.SimpleWorker"]
    return [subprocess.Popen(command, cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(WORKERS)]


def main(fsync, jobs, warm_up, samples):
    with running(fsync, start_workers) as witness:
        from rq import Queue
        import rq_jobs
        queue = Queue(connection=redis.Redis(port=int(os.environ["BENCH_REDIS_PORT"])))
        measure(f"RQ 1.13 on Redis, fsync {fsync}, 2 simple workers",
                lambda number: queue.enqueue(rq_jobs.job, number, result_ttl=0),
                witness, jobs, warm_up, samples)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
