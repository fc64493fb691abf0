"""Drives Celery on a Redis of its own and prints figures: subject, metric and value, tab-separated.

Arguments: appendfsync (always or everysec), jobs, samples to throw away, samples.
"""
import os
import subprocess
import sys

from redis_queue import measure, running


def start_workers():
    here = os.path.dirname(os.path.abspath(__file__))
    return [subprocess.Popen(
        ["/usr/bin/python3", "-m", "celery", "-A", "celery_app", "worker", "-c", "2", "-P", "prefork",
         "--without-gossip", "--without-mingle", "-l", "ERROR"],
        cwd=here, stdout=subprocess.DEVNULL, env={**os.environ, "C_FORCE_ROOT": "true"})]


def main(fsync, jobs, warm_up, samples):
    with running(fsync, start_workers) as witness:
        from celery_app import job
        measure(f"Celery 5.2 on Redis, fsync {fsync}", job.delay, witness, jobs, warm_up, samples)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
