"""A text lab: counts the words of a text, and streams one line by line."""
import collections
import re
import time

from flask import Flask, Response, render_template, request, stream_with_context

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024

PROVERBS = [
    "A journey of a thousand miles begins with a single step.",
    "Still waters run deep.",
    "Well begun is half done.",
    "Many hands make light work.",
    "Measure twice, cut once.",
    "The early bird catches the worm.",
    "No smoke without fire.",
    "All that glitters is not gold.",
]


@app.route("/", methods=["GET", "POST"])
def index():
    text = request.form.get("text", "")
    return render_template("index.html", text=text, facts=facts_of(text) if text.strip() else None)


@app.get("/stream")
def stream():
    """Sends a proverb, waits, sends the next: what the browser shows arrives as it is made."""
    lines = clamp(request.args.get("lines", 8, type=int), 1, 100)
    pause = clamp(request.args.get("pause", 0.4, type=float), 0.0, 2.0)

    def generate():
        for number in range(lines):
            if number:
                time.sleep(pause)
            yield f"{number + 1}. {PROVERBS[number % len(PROVERBS)]}\n"

    headers = {"Cache-Control": "no-store"}
    return Response(stream_with_context(generate()), mimetype="text/plain", headers=headers)


@app.errorhandler(404)
def not_found(error):
    return render_template("error.html", title="Not found", text="There is no such page."), 404


@app.errorhandler(413)
def too_large(error):
    return render_template("error.html", title="Too long", text="A text of up to 2 MiB, please."), 413


def facts_of(text):
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower())
    return {
        "characters": len(text),
        "words": len(words),
        "lines": len(text.splitlines()),
        "frequent": collections.Counter(words).most_common(8),
    }


def clamp(value, lowest, highest):
    return max(lowest, min(value, highest))
