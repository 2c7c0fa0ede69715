#include "python/development/instruments.hpp"

#include "python/sources.hpp"
#include "python/text.hpp"

namespace warp::python {
namespace {

bool call(const Ref& object, const char* method) {
  return !object || Ref::steal(PyObject_CallMethod(object.get(), method, nullptr));
}

Ref list_of(const std::vector<std::string>& paths) {
  Ref list = Ref::steal(PyList_New(0));
  for (const std::string& path : paths) {
    const Ref item = Ref::steal(PyUnicode_DecodeFSDefault(path.c_str()));
    if (!list || !item || PyList_Append(list.get(), item.get()) != 0) return {};
  }
  return list;
}

}  // namespace

bool Instruments::prepare(Gil& /*held*/, const wire::GroupConfig& config,
                          const std::vector<std::string>& project) {
  if (config.debugger.empty() && config.profile_folder.empty() && config.coverage_folder.empty())
    return true;
  const Ref names = Ref::steal(PyDict_New());
  const Ref file = Ref::steal(PyUnicode_FromString(kSourceFile));
  if (!names || !file || PyDict_SetItemString(names.get(), "__file__", file.get()) != 0 ||
      !run_source(kInstrumentsSource, names.get()))
    return false;
  PyObject* const type = PyDict_GetItemString(names.get(), "Instruments");
  const Ref terminal = Ref::steal(PyUnicode_DecodeFSDefault(config.debugger.c_str()));
  const Ref profile = Ref::steal(PyUnicode_DecodeFSDefault(config.profile_folder.c_str()));
  const Ref coverage = Ref::steal(PyUnicode_DecodeFSDefault(config.coverage_folder.c_str()));
  const Ref folders = list_of(project);
  if (type == nullptr || !terminal || !profile || !coverage || !folders) return false;
  instruments_ = Ref::steal(PyObject_CallFunctionObjArgs(type, terminal.get(), profile.get(),
                                                         coverage.get(), folders.get(), nullptr));
  return static_cast<bool>(instruments_);
}

bool Instruments::begin_import(Gil& /*held*/) const { return call(instruments_, "begin_import"); }

bool Instruments::end_import(Gil& /*held*/) const { return call(instruments_, "end_import"); }

Ref Instruments::measured(Gil& /*held*/, Ref application) const {
  if (!instruments_) return application;
  return Ref::steal(PyObject_CallMethod(instruments_.get(), "measured", "O", application.get()));
}

void Instruments::look_at(Gil& /*held*/, PyObject* exception) const {
  if (!instruments_) return;
  // A terminal that has gone is no reason to answer otherwise.
  if (!Ref::steal(PyObject_CallMethod(instruments_.get(), "look_at", "O", exception)))
    PyErr_Clear();
}

}  // namespace warp::python
