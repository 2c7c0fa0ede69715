from pathlib import Path

from .base import *

STATIC_ROOT = Path(__file__).parents[2] / "staticfiles"
