"""The WSGI entry point: warpdrive-express looks for a wsgi.py with an `application`."""
from app import app as application

__all__ = ["application"]
