#include "python/bootstrap.hpp"

#include <unistd.h>

#include <cstdarg>

#include "python/sources.hpp"
#include "python/text.hpp"

namespace warp::python {
namespace {

constexpr const char* kName = "_warp_bootstrap";

// As Python's file functions take them: bytes that are no text survive.
Ref path_list(const std::vector<std::string>& paths) {
  Ref list = Ref::steal(PyList_New(0));
  for (const std::string& path : paths) {
    const Ref item = Ref::steal(PyUnicode_DecodeFSDefault(path.c_str()));
    if (!list || !item || PyList_Append(list.get(), item.get()) != 0) return {};
  }
  return list;
}

// Of a list that may be null, since what was to make it has failed: then none.
std::vector<std::string> paths_of(PyObject* list) {
  std::vector<std::string> paths;
  for (Py_ssize_t i = 0; list != nullptr && i < PyList_GET_SIZE(list); ++i)
    if (const Ref path = Ref::steal(PyUnicode_EncodeFSDefault(PyList_GET_ITEM(list, i))))
      paths.emplace_back(PyBytes_AS_STRING(path.get()));
  PyErr_Clear();
  return paths;
}

const char* loader_for(const wire::GroupConfig& config) {
  if (config.target_kind == wire::TargetKind::kModule) return "load_module";
  return config.target.ends_with(".ini") ? "load_paste" : "load_script";
}

}  // namespace

bool Bootstrap::prepare(Gil& /*held*/) {
  const Ref module = Ref::steal(PyModule_New(kName));
  const Ref file = Ref::steal(PyUnicode_FromString(kSourceFile));
  if (!module || !file) return false;
  functions_ = Ref::borrow(PyModule_GetDict(module.get()));
  return PyDict_SetItemString(functions_.get(), "__file__", file.get()) == 0 &&
         run_source(kBootstrapSource, functions_.get()) &&
         run_source(kForkingSource, functions_.get()) &&
         run_source(kGuardsSource, functions_.get()) &&
         run_source(kImportedFilesSource, functions_.get()) &&
         run_source(kInspectionSource, functions_.get());
}

Ref Bootstrap::call(const char* function, const char* format, ...) const {
  PyObject* const callable =
      functions_ ? PyDict_GetItemString(functions_.get(), function) : nullptr;
  if (callable == nullptr) {
    PyErr_Format(PyExc_SystemError, "bootstrap.py has no %s", function);
    return {};
  }
  va_list values;
  va_start(values, format);
  const Ref arguments = Ref::steal(Py_VaBuildValue(format, values));
  va_end(values);
  return arguments ? Ref::steal(PyObject_CallObject(callable, arguments.get())) : Ref();
}

bool Bootstrap::prepare_path(Gil& /*held*/, const std::vector<std::string>& folders,
                             const std::vector<std::string>& entries) const {
  const Ref folder_list = path_list(folders);
  const Ref entry_list = path_list(entries);
  return folder_list && entry_list &&
         call("prepare_path", "(OO)", folder_list.get(), entry_list.get());
}

bool Bootstrap::provide(Gil& /*held*/, PyObject* module) const {
  return static_cast<bool>(call("provide", "(O)", module));
}

bool Bootstrap::guard(Gil& /*held*/, const wire::GroupConfig& config, PyObject* log) const {
  return (!config.restrict_stdin || call("restrict_input", "()")) &&
         (!config.restrict_stdout || call("restrict_output", "()")) &&
         (!config.restrict_signal || call("restrict_signals", "(O)", log)) &&
         call("log_warnings", "(O)", log);
}

bool Bootstrap::set_switch_interval(Gil& /*held*/, std::chrono::microseconds interval) const {
  if (interval.count() == 0) return true;
  return static_cast<bool>(
      call("set_switch_interval", "(d)", std::chrono::duration<double>(interval).count()));
}

bool Bootstrap::report_crashes(Gil& /*held*/, int descriptor) const {
  return static_cast<bool>(call("report_crashes", "(i)", descriptor));
}

bool Bootstrap::prepare_dump(Gil& /*held*/, int signal, int descriptor) const {
  return static_cast<bool>(call("prepare_dump", "(ii)", signal, descriptor));
}

std::vector<worker::ThreadStack> Bootstrap::stacks(Gil& /*held*/) const {
  std::vector<worker::ThreadStack> stacks;
  const Ref list = call("stacks", "()");
  for (Py_ssize_t i = 0; list && i < PyList_GET_SIZE(list.get()); ++i) {
    unsigned long thread = 0;
    PyObject* name = nullptr;
    PyObject* text = nullptr;
    if (PyArg_ParseTuple(PyList_GET_ITEM(list.get(), i), "kUU", &thread, &name, &text) == 0) break;
    const auto name_text = utf8_of(name);
    const auto lines = utf8_of(text);
    if (!name_text || !lines) break;
    stacks.push_back({.thread = thread, .name = *name_text, .text = *lines});
  }
  PyErr_Clear();
  return stacks;
}

Ref Bootstrap::load(Gil& /*held*/, const wire::GroupConfig& config) const {
  const Ref scripts = path_list(config.import_scripts);
  if (!scripts || !call("import_scripts", "(O)", scripts.get())) return {};
  const Ref target = Ref::steal(PyUnicode_DecodeFSDefault(config.target.c_str()));
  if (!target) return {};
  return call(loader_for(config), "(Os)", target.get(), config.callable.c_str());
}

std::optional<std::vector<std::string>> Bootstrap::fork_obstacles(Gil& /*held*/, int own) const {
  const Ref list =
      call("fork_obstacles", "((iiii))", STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO, own);
  if (!list) return std::nullopt;
  std::vector<std::string> obstacles;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list.get()); ++i) {
    auto text = utf8_of(PyList_GET_ITEM(list.get(), i));
    if (!text) return std::nullopt;
    obstacles.push_back(*std::move(text));
  }
  return obstacles;
}

std::vector<std::string> Bootstrap::imported_files(Gil& /*held*/,
                                                   const std::vector<std::string>& folders) const {
  const Ref names = path_list(folders);
  const Ref list = names ? call("imported_files", "(O)", names.get()) : Ref();
  return paths_of(list.get());
}

bool Bootstrap::freeze(Gil& /*held*/) const { return static_cast<bool>(call("freeze", "()")); }

std::string Bootstrap::describe(Gil& /*held*/, PyObject* exception) const {
  const Ref text = call("describe", "(O)", exception);
  if (auto utf8 = text && PyUnicode_Check(text.get()) ? utf8_of(text.get()) : std::nullopt)
    return *std::move(utf8);
  PyErr_Clear();
  return std::string(Py_TYPE(exception)->tp_name) + " (it can't be described)";
}

std::vector<std::string> Bootstrap::files_of(Gil& /*held*/, PyObject* exception,
                                             const wire::GroupConfig& config) const {
  std::vector<std::string> entries = config.import_scripts;
  entries.push_back(config.target);
  const Ref names = path_list(entries);
  const Ref list = names ? call("files_of", "(OO)", exception, names.get()) : Ref();
  return paths_of(list.get());
}

}  // namespace warp::python
