"""An agent for tests: speaks the Agent Client Protocol, and does what its prompt says after DO:."""
import json
import os
import signal
import subprocess
import sys
import time

lines = iter(sys.stdin.readline, "")
asked = 0
heard = ""


def send(message):
    print(json.dumps({"jsonrpc": "2.0", **message}), flush=True)


def update(**fields):
    send({"method": "session/update", "params": {"sessionId": "s", "update": fields}})


def say(text):
    update(sessionUpdate="agent_message_chunk", content={"type": "text", "text": text})


def call(title, number, **more):
    update(sessionUpdate="tool_call", toolCallId=str(number), title=title, kind="edit", rawInput=more)


def ask(kind, options):
    """Asks for permission and gives what was chosen."""
    global asked
    asked += 1
    send({"id": 1000 + asked, "method": "session/request_permission",
          "params": {"sessionId": "s", "toolCall": {"toolCallId": "t", "title": kind + " something", "kind": kind},
                     "options": options}})
    for line in lines:
        message = json.loads(line)
        if message.get("id") == 1000 + asked:
            return message


OPTIONS = [{"optionId": "z", "kind": "allow_always", "name": "Always"}, {"optionId": "a", "kind": "allow_once", "name": "Yes"},
           {"optionId": "r", "kind": "reject_once", "name": "No"}]


def edit():
    call("Edit notes.txt", 1)
    with open("notes.txt", "w") as notes:
        notes.write("edited\n")
    update(sessionUpdate="tool_call_update", toolCallId="1", status="completed")


def do(what):
    if what == "edit":
        say("I will edit ")
        say("notes.txt.\nThen I am done.")
        edit()
    elif what == "claim":
        say("I begin.")
        edit()
        say("All tests pass. ")
        say("I am done.")
    elif what == "permission":
        chosen = ask("edit", OPTIONS)["result"]["outcome"]
        say("chosen " + json.dumps(chosen, sort_keys=True))
        if chosen.get("optionId") == "a":
            edit()
    elif what == "fetch":
        say("chosen " + json.dumps(ask("fetch", OPTIONS)["result"]["outcome"], sort_keys=True))
    elif what == "files":
        send({"id": 7, "method": "fs/write_text_file", "params": {"sessionId": "s", "path": "/etc/x", "content": ""}})
        say("answered " + str(json.loads(next(lines))["error"]["code"]))
    elif what == "noise":
        print("npm warn something", flush=True)
        print('{"no": "message"}', flush=True)
        edit()
    elif what == "loop":
        for number in range(1000):
            call("Read notes.txt", number, path="notes.txt")
            time.sleep(0.01)
    elif what == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
        say("hanging\n")
        while True:
            time.sleep(1)
    elif what == "daemon":
        # Returns once the sleep is under way under its own name, and has lost its parent.
        start = "import subprocess as s; s.Popen(['sleep', '1000'], start_new_session=True)"
        subprocess.run([sys.executable, "-c", start], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        edit()
    elif what == "patient":
        edit()
        say("working\n")
        while json.loads(next(lines)).get("method") != "session/cancel":
            pass
        return "cancelled"
    elif what == "finish":
        say("heard " + heard)
    elif what == "stubborn":
        say("working\n")
        for number in range(1000):
            call("Edit notes.txt", number, line=number)
            time.sleep(0.02)
    elif what == "crash":
        sys.exit("the model server is gone")
    elif what == "question":
        with open("/capstan/ask/question", "w") as question:
            question.write("Which of the two?")
    elif what == "long":
        say("x" * 1_000_000 + "\n")
        edit()
    elif what == "home":
        with open(os.path.expanduser("~/settings.txt")) as settings:
            say(settings.read().strip() + " " + os.environ["KEY"] + " " + " ".join(sys.argv[1:]))
    else:
        return what
    return "end_turn"


for line in lines:
    message = json.loads(line)
    method = message.get("method")
    if method == "initialize":
        assert message["params"]["protocolVersion"] == 1
        send({"id": message["id"], "result": {"protocolVersion": 1, "agentCapabilities": {}}})
    elif method == "session/new":
        if os.environ.get("SIGNED_IN") == "no":
            send({"id": message["id"], "error": {"code": -32000, "message": "Authentication required"}})
        else:
            send({"id": message["id"], "result": {"sessionId": "s"}})
    elif method == "session/prompt":
        text = message["params"]["prompt"][0]["text"]
        heard = text
        what = text.split("DO:")[1].split()[0] if "DO:" in text else "finish"
        if what == "limited":
            send({"id": message["id"], "error": {"code": -32603, "message": "Internal error",
                                                 "data": {"details": "429 Too Many Requests"}}})
        else:
            send({"id": message["id"], "result": {"stopReason": do(what)}})
