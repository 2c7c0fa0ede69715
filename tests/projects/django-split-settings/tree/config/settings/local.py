from .base import *

raise ImportError('only for developers')
