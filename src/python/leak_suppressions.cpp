// In programs built with AddressSanitizer only: CPython keeps some memory for ever at its end,
// which is no leak of ours. References that we forget are found by
// tests/unit/python/interpreter_test.cpp.

extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions();
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_options();

const char* __lsan_default_suppressions() { return "leak:libpython"; }

const char* __lsan_default_options() { return "print_suppressions=0"; }
