"""Run by CMake with each interpreter of WARP_PYTHONS: one line per fact that a worker program is built with."""
import os
import sys
import sysconfig

version = "%d.%d" % sys.version_info[:2]
interpreter = getattr(sys, "_base_executable", None) or sys.executable
# With the version in its name it stays the same Python when the system's default changes.
versioned = os.path.join(os.path.dirname(interpreter), "python" + version)
print(version)
print(versioned if os.access(versioned, os.X_OK) else interpreter)
print(sysconfig.get_config_var("INCLUDEPY"))
print(sysconfig.get_config_var("LIBDIR"))
print(sysconfig.get_config_var("LDLIBRARY"))
