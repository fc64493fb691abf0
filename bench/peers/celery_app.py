"""The application that the Celery workers load: one job that says it was done."""
import os
import time

import redis
from celery import Celery

PORT = os.environ["BENCH_REDIS_PORT"]
app = Celery("bench", broker=f"redis://127.0.0.1:{PORT}/1", backend=None)
app.conf.update(
    task_acks_late=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=16,
    broker_transport_options={"visibility_timeout": 3600},
)
witness = redis.Redis(port=int(os.environ["BENCH_WITNESS_PORT"]))


@app.task
def job(number):
    """Says when it began; the witness is a second Redis, which writes nothing to disk."""
    witness.rpush("arrivals", repr(time.time()))
