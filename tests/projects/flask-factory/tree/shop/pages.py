from flask import Blueprint

blueprint = Blueprint("pages", __name__, static_folder="page_files", static_url_path="/pages/files")
