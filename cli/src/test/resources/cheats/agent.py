"""An agent for tests: speaks the Agent Client Protocol, and does what the program in its prompt, between <<< and >>>, says."""
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

lines = iter(sys.stdin.readline, "")
calls = 0


def send(message):
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


def update(**fields):
    send({"method": "session/update", "params": {"sessionId": "s", "update": fields}})


def say(text):
    update(sessionUpdate="agent_message_chunk", content={"type": "text", "text": text})


def tool(title, kind="edit", **words):
    global calls
    calls += 1
    update(sessionUpdate="tool_call", toolCallId=str(calls), title=title, kind=kind, rawInput=words)
    update(sessionUpdate="tool_call_update", toolCallId=str(calls), status="completed")


def write(path, text):
    tool("Write " + path, path=path)
    with open(path, "w") as file:
        file.write(text)


def edit(path, old, new):
    with open(path) as file:
        text = file.read()
    assert old in text
    write(path, text.replace(old, new))


def read(path):
    tool("Read " + path, kind="read", path=path)
    with open(path) as file:
        return file.read()


def run(command):
    tool(command, kind="execute", command=command)
    return subprocess.run(["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True, text=True)


def ask(kind):
    """Asks for permission and gives what was chosen."""
    global calls
    calls += 1
    send({"id": 1000 + calls, "method": "session/request_permission",
          "params": {"sessionId": "s", "toolCall": {"toolCallId": str(calls), "title": kind, "kind": kind},
                     "options": [{"optionId": "yes", "kind": "allow_once", "name": "Yes"},
                                 {"optionId": "no", "kind": "reject_once", "name": "No"}]}})
    for line in lines:
        message = json.loads(line)
        if message.get("id") == 1000 + calls:
            return message["result"]["outcome"].get("optionId")


def model(text, most=600):
    """Asks the model for at most so many tokens; gives the status and what it said."""
    body = json.dumps({"model": os.environ["MODEL"], "max_tokens": most, "messages": [{"role": "user", "content": text}]})
    request = urllib.request.Request(os.environ["OPENAI_BASE_URL"] + "/chat/completions", body.encode(),
                                     {"Authorization": "Bearer " + os.environ["KEY"], "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)["choices"][0]["message"]["content"]
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


for line in lines:
    message = json.loads(line)
    method = message.get("method")
    if method == "initialize":
        send({"id": message["id"], "result": {"protocolVersion": 1, "agentCapabilities": {}}})
    elif method == "session/new":
        send({"id": message["id"], "result": {"sessionId": "s"}})
    elif method == "session/prompt":
        if os.environ.get("REVIEWS"):
            with open("notes/opinion.txt") as opinion:
                say(opinion.read())
        else:
            exec(message["params"]["prompt"][0]["text"].split("<<<")[1].split(">>>")[0])
        send({"id": message["id"], "result": {"stopReason": "end_turn"}})
