"""Plays the service to a warm `tandem-srs worker`: SRS DISPLAY. Prints times in milliseconds from the start command, over
twenty captures: median and worst until the first frame's bytes are here, and the median until its pixels had been fetched,
which is the instant that the recording calls its start."""
import json, os, socket, statistics, struct, subprocess, sys, tempfile, time

srs, display = sys.argv[1:]


def read(stream):
    """A frame of the worker's wire: its kind and body."""
    length, kind = struct.unpack("<iB", stream.read(5))
    return kind, stream.read(length - 1)


def until(stream, wanted):
    while True:
        kind, body = read(stream)
        if wanted(kind, body):
            return body


with tempfile.TemporaryDirectory() as folder:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{folder}/worker")
    listener.listen(1)
    worker = subprocess.Popen([srs, "worker", "--attached", "--socket", f"{folder}/worker", "--display", display], stderr=subprocess.DEVNULL)
    peer, _ = listener.accept()
    stream = peer.makefile("rb")

    def send(message):
        body = json.dumps(message).encode()
        peer.sendall(struct.pack("<iB", len(body) + 1, 0) + body)

    until(stream, lambda kind, body: kind == 0 and "ready" in json.loads(body))
    taken, fetched = [], []
    for number in range(20):
        time.sleep(0.5)
        began = time.monotonic()
        send({"request": {"captureId": f"c{number}", "paused": False, "maximumFps": 10}})
        begun = json.loads(until(stream, lambda kind, body: kind == 0 and "begun" in json.loads(body)))["begun"]
        until(stream, lambda kind, body: kind in (1, 3) and b"moof" in body[:64])
        taken.append((time.monotonic() - began) * 1000)
        fetched.append(begun["steadyUs"] / 1000 - began * 1000)
        send({"request": {"captureId": None, "paused": False, "maximumFps": 10}})
        until(stream, lambda kind, body: kind == 0 and "stopped" in json.loads(body))
    send({"exit": True})
    worker.wait(10)
print(f"{statistics.median(taken):.0f} {max(taken):.0f} {statistics.median(fetched):.0f}")
