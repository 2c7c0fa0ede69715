#include "python/warp_module.hpp"

#include "python/version.hpp"

namespace warp::python {
namespace {

bool set(PyObject* module, const char* name, const Ref& value) {
  return value && PyObject_SetAttrString(module, name, value.get()) == 0;
}

Ref text(const std::string& value) { return Ref::steal(PyUnicode_FromString(value.c_str())); }

}  // namespace

Ref make_warp_module(Gil& /*held*/, const WarpModuleContents& contents) {
  Ref module = Ref::steal(PyModule_New("warp"));
  if (!module) return {};
  PyObject* const object = module.get();
  const bool is_complete =
      set(object, "__doc__", text("What the warpdrive worker tells its application.")) &&
      set(object, "__version__", text(std::string(kVersion))) &&
      set(object, "version", version_tuple()) &&
      set(object, "process_group", text(contents.process_group)) &&
      set(object, "ClientDisconnected", contents.client_disconnected) &&
      set(object, "FileWrapper", contents.file_wrapper);
  return is_complete ? module : Ref();
}

}  // namespace warp::python
