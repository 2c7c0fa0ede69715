"""An application that makes its end interesting: atexit handlers, threads that still run, text without a newline."""
import atexit
import sys
import threading
import time


def speak_for_ever():
    while True:
        print("daemon thread speaks")


def end_by_itself():
    time.sleep(0.1)
    print("joined thread ended")


@atexit.register
def at_exit():
    print("from atexit")
    sys.stderr.write("unfinished at exit")


print("unfinished at import", end="")
threading.Thread(target=end_by_itself).start()
for _ in range(3):
    threading.Thread(target=speak_for_ever, daemon=True).start()


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"ok"]
