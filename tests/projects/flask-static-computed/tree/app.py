from pathlib import Path

from flask import Flask

HERE = Path(__file__).resolve().parent
app = Flask(__name__, static_folder=str(HERE / "public"), static_url_path="/public")
