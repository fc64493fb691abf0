"""The peer of the API: FastAPI with asyncpg serves the rows that Capstan made, and takes rows in. BENCH_DATABASE is the database's URL."""
import os

import asyncpg
from fastapi import FastAPI

CONNECTIONS = 8
app = FastAPI()


@app.on_event("startup")
async def connect():
    app.state.pool = await asyncpg.create_pool(os.environ["BENCH_DATABASE"], min_size=CONNECTIONS, max_size=CONNECTIONS)


@app.get("/runs")
async def runs(limit: int = 50):
    rows = await app.state.pool.fetch(
        "select id, project_id, goal, status, version, created_at, updated_at from run order by created_at desc, id limit $1",
        limit)
    return {"items": [{"id": row["id"], "project": row["project_id"], "goal": row["goal"], "status": row["status"],
                       "version": row["version"], "createdAt": row["created_at"], "updatedAt": row["updated_at"]}
                      for row in rows]}


@app.post("/runs")
async def create(body: dict):
    await app.state.pool.execute("insert into peer_run (id, goal) values ($1, $2)", body["id"], body["goal"])
    return {"id": body["id"]}
