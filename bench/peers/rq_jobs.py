"""The job that the RQ workers load: it says when it began."""
import os
import time

import redis

witness = redis.Redis(port=int(os.environ["BENCH_WITNESS_PORT"]))


def job(number):
    witness.rpush("arrivals", repr(time.time()))
