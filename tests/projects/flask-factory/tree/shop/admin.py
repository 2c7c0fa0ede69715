from flask import Blueprint

blueprint = Blueprint("admin", __name__, static_folder="admin_files", url_prefix="/other")
