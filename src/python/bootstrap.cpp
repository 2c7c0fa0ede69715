#include "python/bootstrap.hpp"

#include <cstdarg>

#include "python/bootstrap_source.hpp"

namespace warp::python {
namespace {

constexpr const char* kName = "_warp_bootstrap";
constexpr const char* kFile = "<warpdrive>";

std::string to_string(PyObject* text) {
  const Ref utf8 = Ref::steal(PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace"));
  if (!utf8) return {};
  return {PyBytes_AS_STRING(utf8.get()), static_cast<std::size_t>(PyBytes_GET_SIZE(utf8.get()))};
}

// As Python's file functions take them: bytes that are no text survive.
Ref path_list(const std::vector<std::string>& paths) {
  Ref list = Ref::steal(PyList_New(0));
  for (const std::string& path : paths) {
    const Ref item = Ref::steal(PyUnicode_DecodeFSDefault(path.c_str()));
    if (!list || !item || PyList_Append(list.get(), item.get()) != 0) return {};
  }
  return list;
}

}  // namespace

bool Bootstrap::prepare(Gil& /*held*/) {
  const Ref code = Ref::steal(Py_CompileString(kBootstrapSource, kFile, Py_file_input));
  if (!code) return false;
  const Ref module = Ref::steal(PyModule_New(kName));
  if (!module) return false;
  PyObject* const names = PyModule_GetDict(module.get());
  const Ref file = Ref::steal(PyUnicode_FromString(kFile));
  if (!file || PyDict_SetItemString(names, "__file__", file.get()) != 0) return false;
  if (PyDict_SetItemString(names, "__builtins__", PyEval_GetBuiltins()) != 0) return false;
  functions_ = Ref::borrow(names);
  return static_cast<bool>(Ref::steal(PyEval_EvalCode(code.get(), names, names)));
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

bool Bootstrap::guard_signals(Gil& /*held*/, PyObject* log) const {
  return static_cast<bool>(call("guard_signals", "(O)", log));
}

Ref Bootstrap::load(Gil& /*held*/, const wire::GroupConfig& config) const {
  const Ref target = Ref::steal(PyUnicode_DecodeFSDefault(config.target.c_str()));
  if (!target) return {};
  const bool is_script = config.target_kind == wire::TargetKind::kScript;
  return call(is_script ? "load_script" : "load_module", "(Os)", target.get(),
              config.callable.c_str());
}

std::string Bootstrap::describe(Gil& /*held*/, PyObject* exception) const {
  if (const Ref text = call("describe", "(O)", exception); text && PyUnicode_Check(text.get()))
    return to_string(text.get());
  PyErr_Clear();
  return std::string(Py_TYPE(exception)->tp_name) + " (it can't be described)";
}

std::vector<std::string> Bootstrap::files_of(Gil& /*held*/, PyObject* exception,
                                             const std::string& entry) const {
  std::vector<std::string> files;
  const Ref name = Ref::steal(PyUnicode_DecodeFSDefault(entry.c_str()));
  const Ref list = name ? call("files_of", "(OO)", exception, name.get()) : Ref();
  for (Py_ssize_t i = 0; list && i < PyList_GET_SIZE(list.get()); ++i)
    if (const Ref path = Ref::steal(PyUnicode_EncodeFSDefault(PyList_GET_ITEM(list.get(), i))))
      files.emplace_back(PyBytes_AS_STRING(path.get()));
  PyErr_Clear();
  return files;
}

}  // namespace warp::python
